package io.quittance.streams.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.avro.generic.IndexedRecord;
import picocli.CommandLine.Help.Ansi;

/** Where a command's results go. In JSON each result is one line; for people there are lines and tables. */
public final class Output {

    private static final int WIDEST_COLUMN = 60;
    private static final Pattern STEERING = Pattern.compile("[\\p{Cc}\\u202A-\\u202E\\u2066-\\u2069]");

    private final PrintWriter out;
    private final PrintWriter err;
    private final Ansi ansi;
    private final boolean json;

    /** @param ansi whether there is a terminal that shows colour */
    public Output(PrintWriter out, PrintWriter err, Ansi ansi, boolean json) {
        this.out = out;
        this.err = err;
        this.ansi = ansi;
        this.json = json;
    }

    public boolean json() {
        return json;
    }

    /**
     * One result, for programs. JSON itself wants only the control characters below U+0020 escaped; but what steers a
     * terminal can only be within a text here, where its escape means the same.
     */
    public void json(JsonNode result) {
        out.println(STEERING.matcher(result.toString())
                .replaceAll(
                        steering -> "\\\\u%04X".formatted((int) steering.group().charAt(0))));
        out.flush();
    }

    /** One result, for programs. */
    public void json(IndexedRecord result) {
        json(AvroJson.of(result));
    }

    /** A line for people. */
    public void line(String text) {
        out.println(safe(text));
        out.flush();
    }

    /** A document of several lines, which its writer has made safe to show. */
    public void document(String text) {
        out.println(text.stripTrailing());
        out.flush();
    }

    /** A line for people about how something stands, the standing in its colour. */
    public void line(String before, Standing standing, String after) {
        out.println(safe(before) + ansi.string("@|" + standing.style() + " " + standing.text() + "|@") + safe(after));
        out.flush();
    }

    /** A line of a unified diff, in its colour. */
    public void changed(String text) {
        Ansi.Style style = text.startsWith("+")
                ? Ansi.Style.fg_green
                : text.startsWith("-")
                        ? Ansi.Style.fg_red
                        : text.startsWith("@") ? Ansi.Style.fg_cyan : Ansi.Style.reset;
        out.println(ansi.enabled() && style != Ansi.Style.reset ? style.on() + safe(text) + style.off() : safe(text));
        out.flush();
    }

    /** A sentence that is not a result: it goes to standard error and disturbs no pipe. */
    public void note(String text) {
        err.println(safe(text));
        err.flush();
    }

    /** Rows below headers; in place of no rows, a sentence. */
    public void table(List<String> headers, List<List<String>> rows, String ifEmpty) {
        if (rows.isEmpty()) {
            note(ifEmpty);
            return;
        }
        Column[] columns = headers.stream()
                .map(header -> new Column()
                        .header(header)
                        .headerAlign(HorizontalAlign.LEFT)
                        .dataAlign(HorizontalAlign.LEFT)
                        .maxWidth(WIDEST_COLUMN, OverflowBehaviour.NEWLINE))
                .toArray(Column[]::new);
        Object[][] cells = rows.stream()
                .map(row -> row.stream().map(Output::safe).toArray())
                .toArray(Object[][]::new);
        String table = AsciiTable.getTable(AsciiTable.NO_BORDERS, columns, cells);
        table.lines().map(String::stripTrailing).forEach(out::println);
        out.flush();
    }

    /** A record's key, which anybody may have chosen, so that it can be typed again: {@code $'...'} in a shell. */
    public static String escaped(String key) {
        return STEERING.matcher(key)
                .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
    }

    /**
     * What others wrote must not steer the terminal or pass for a line of ours: control characters, line breaks and
     * changes of writing direction are shown as '?'.
     */
    public static String safe(String text) {
        return STEERING.matcher(text).replaceAll("?");
    }
}

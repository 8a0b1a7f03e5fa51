package io.quittance.proving.check;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import io.quittance.proving.check.Verdict.FaultRow;
import io.quittance.proving.check.Verdict.InvariantRow;
import io.quittance.proving.history.HistoryDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A verdict for people and for programs. */
public final class VerdictWriter {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .build();
    private static final int MOST_SHOWN = 40;

    private static final List<Cell<FaultRow>> FAULTS = List.of(
            new Cell<>("fault", false, FaultRow::fault),
            new Cell<>(
                    "count",
                    true,
                    row -> row.skipped() == null ? Long.toString(row.count()) : "skipped: " + row.skipped()),
            new Cell<>("failed", true, row -> Long.toString(row.failed())),
            new Cell<>("stopped", true, row -> Long.toString(row.stopped())),
            new Cell<>("crashed", true, row -> Long.toString(row.crashed())),
            new Cell<>("lost", true, row -> Long.toString(row.lost())),
            new Cell<>("doubled", true, row -> Long.toString(row.doubled())),
            new Cell<>("violated", true, row -> Long.toString(row.violated())),
            new Cell<>("not recovered", true, row -> Long.toString(row.unrecovered())),
            new Cell<>("recovery median", true, row -> seconds(row.medianRecoveryMs())),
            new Cell<>("max", true, row -> seconds(row.maxRecoveryMs())));

    private static final List<Cell<InvariantRow>> INVARIANTS = List.of(
            new Cell<>("", false, InvariantRow::invariant),
            new Cell<>("promise", false, InvariantRow::promise),
            new Cell<>("looked at", true, row -> Long.toString(row.looked())),
            new Cell<>("violations", true, row -> Long.toString(row.violations())));

    private VerdictWriter() {}

    private record Cell<T>(String head, boolean number, Function<T, String> text) {}

    /** Writes {@code verdict.json} and {@code verdict.md} into the history. */
    public static void write(Verdict verdict, HistoryDirectory history) {
        try {
            JSON.writeValue(history.verdictJson().toFile(), verdict);
            Files.writeString(history.verdictMarkdown(), markdown(verdict));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The verdict that an earlier run wrote. */
    public static Verdict read(HistoryDirectory history) {
        try {
            return JSON.readValue(history.verdictJson().toFile(), Verdict.class);
        } catch (IOException e) {
            throw new UncheckedIOException(history.verdictJson() + " cannot be read", e);
        }
    }

    public static String json(Verdict verdict) {
        try {
            return JSON.writeValueAsString(verdict);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** For a terminal. */
    public static String text(Verdict verdict) {
        return table(verdict.faults(), FAULTS) + "\n\n" + table(verdict.invariants(), INVARIANTS) + "\n\n"
                + details(verdict, "") + line("load", verdict.load()) + line("endings", verdict.endings())
                + violations(verdict, "  ")
                + conclusion(verdict) + "\n";
    }

    static String markdown(Verdict verdict) {
        return "# Verdict: " + conclusion(verdict) + "\n\nSeed " + verdict.run().seed() + ", revision "
                + verdict.run().revision() + ", " + verdict.run().machine() + ".\n\n"
                + markdown(verdict.faults(), FAULTS) + "\n" + markdown(verdict.invariants(), INVARIANTS) + "\n"
                + details(verdict, "\n") + line("load", verdict.load()) + "\n" + line("endings", verdict.endings())
                + "\n"
                + violations(verdict, "- ");
    }

    private static String conclusion(Verdict verdict) {
        long requests =
                verdict.endings().values().stream().mapToLong(Long::longValue).sum();
        long faults = verdict.faults().stream().mapToLong(FaultRow::count).sum();
        String scope = requests + " requests, " + faults + " faults";
        if (verdict.green()) {
            return "every promise was kept (" + scope + ")";
        }
        String broken = verdict.violations().size() + " violations";
        return Stream.concat(
                        Stream.of(verdict.violations().isEmpty() ? "nothing is proven" : broken),
                        verdict.shortcomings().stream())
                .collect(Collectors.joining(", ", "", " (" + scope + ")"));
    }

    private static String violations(Verdict verdict, String bullet) {
        String shown = verdict.violations().stream()
                .limit(MOST_SHOWN)
                .map(violation -> bullet + sentence(violation) + "\n")
                .collect(Collectors.joining());
        int more = verdict.violations().size() - MOST_SHOWN;
        return more > 0 ? shown + bullet + "and " + more + " more, in verdict.json\n" : shown;
    }

    private static String sentence(Violation violation) {
        String who = violation.requestId() != null
                ? violation.requestId() + " "
                : violation.subjectId() != null ? "subject " + violation.subjectId() + " " : "";
        String faults = violation.underWay().isEmpty() ? "" : " [" + String.join(", ", violation.underWay()) + "]";
        return violation.invariant() + " " + violation.kind() + ": " + who + violation.sentence() + faults;
    }

    /** What was compared with what, and what was excused why: a sum of everything would hide a part that was not. */
    private static String details(Verdict verdict, String between) {
        return verdict.invariants().stream()
                .flatMap(row -> Stream.of(
                        detail(row.invariant() + " compared with", made(row), between),
                        detail(row.invariant() + " excused", row.excused(), between)))
                .collect(Collectors.joining());
    }

    private static String detail(String name, Map<String, Long> counts, String between) {
        return counts.isEmpty() ? "" : line(name, counts) + between;
    }

    private static Map<String, Long> made(InvariantRow row) {
        Map<String, Long> made = new TreeMap<>();
        row.comparisons().forEach((clause, comparisons) -> made.put(clause, comparisons.made()));
        return made;
    }

    private static String line(String name, Map<String, Long> counts) {
        return name + ": "
                + counts.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "))
                + "\n";
    }

    private static <T> String table(List<T> rows, List<Cell<T>> cells) {
        return AsciiTable.getTable(
                rows,
                cells.stream()
                        .map(cell -> new Column()
                                .header(cell.head())
                                .headerAlign(HorizontalAlign.LEFT)
                                .dataAlign(cell.number() ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT)
                                .maxWidth(70)
                                .with(cell.text()))
                        .toList());
    }

    private static <T> String markdown(List<T> rows, List<Cell<T>> cells) {
        Stream<String> head = Stream.of(
                row(cells.stream().map(Cell::head)), row(cells.stream().map(cell -> cell.number() ? "---:" : "---")));
        Stream<String> body = rows.stream()
                .map(entry -> row(cells.stream().map(cell -> cell.text().apply(entry))));
        return Stream.concat(head, body).collect(Collectors.joining("\n")) + "\n";
    }

    private static String row(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String seconds(@Nullable Long millis) {
        return millis == null ? "" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}

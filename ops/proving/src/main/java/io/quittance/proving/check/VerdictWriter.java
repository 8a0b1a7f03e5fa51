package io.quittance.proving.check;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quittance.proving.check.Table.Column;
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
    private static final int WIDTH = 70;

    private static final Table<FaultRow> FAULTS = new Table<>(List.of(
            new Column<>("fault", false, FaultRow::fault),
            new Column<>(
                    "count",
                    true,
                    row -> row.skipped() == null ? Long.toString(row.count()) : "skipped: " + row.skipped()),
            new Column<>("failed", true, row -> Long.toString(row.failed())),
            new Column<>("stopped", true, row -> Long.toString(row.stopped())),
            new Column<>("crashed", true, row -> Long.toString(row.crashed())),
            new Column<>("lost", true, row -> Long.toString(row.lost())),
            new Column<>("doubled", true, row -> Long.toString(row.doubled())),
            new Column<>("violated", true, row -> Long.toString(row.violated())),
            new Column<>("not recovered", true, row -> Long.toString(row.unrecovered())),
            new Column<>("recovery median", true, row -> seconds(row.medianRecoveryMs())),
            new Column<>("max", true, row -> seconds(row.maxRecoveryMs()))));

    private static final Table<InvariantRow> INVARIANTS = new Table<>(List.of(
            new Column<>("", false, InvariantRow::invariant),
            new Column<>("promise", false, InvariantRow::promise),
            new Column<>("looked at", true, row -> Long.toString(row.looked())),
            new Column<>("violations", true, row -> Long.toString(row.violations()))));

    private VerdictWriter() {}

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
        return FAULTS.text(verdict.faults(), WIDTH) + "\n\n" + INVARIANTS.text(verdict.invariants(), WIDTH) + "\n\n"
                + details(verdict, "") + line("load", verdict.load()) + line("endings", verdict.endings())
                + violations(verdict, "  ")
                + conclusion(verdict) + "\n";
    }

    static String markdown(Verdict verdict) {
        return "# Verdict: " + conclusion(verdict) + "\n\nSeed " + verdict.run().seed() + ", revision "
                + verdict.run().revision() + ", " + verdict.run().machine() + ".\n\n"
                + FAULTS.markdown(verdict.faults()) + "\n" + INVARIANTS.markdown(verdict.invariants()) + "\n"
                + details(verdict, "\n") + line("load", verdict.load()) + "\n" + line("endings", verdict.endings())
                + "\n"
                + violations(verdict, "- ");
    }

    /** How much there was that could have gone wrong. */
    public static String scope(Verdict verdict) {
        long requests =
                verdict.endings().values().stream().mapToLong(Long::longValue).sum();
        long faults = verdict.faults().stream().mapToLong(FaultRow::count).sum();
        return requests + " requests, " + faults + " faults";
    }

    private static String conclusion(Verdict verdict) {
        if (verdict.green()) {
            return "every promise was kept (" + scope(verdict) + ")";
        }
        String broken = verdict.violations().size() + " violations";
        return Stream.concat(
                        Stream.of(verdict.violations().isEmpty() ? "nothing is proven" : broken),
                        verdict.shortcomings().stream())
                .collect(Collectors.joining(", ", "", " (" + scope(verdict) + ")"));
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

    private static String seconds(@Nullable Long millis) {
        return millis == null ? "" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}

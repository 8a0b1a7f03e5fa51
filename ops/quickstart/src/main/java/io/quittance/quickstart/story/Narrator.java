package io.quittance.quickstart.story;

import io.quittance.schema.AuditRecord;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.TaskDone;
import java.io.PrintStream;
import java.util.StringJoiner;
import picocli.CommandLine.Help.Ansi;

/** Tells the story on the terminal: pseudonyms and numbers, never a name or an address. */
public final class Narrator {
    private final PrintStream out;
    private final Ansi ansi;

    public Narrator(PrintStream out, Ansi ansi) {
        this.out = out;
        this.ansi = ansi;
    }

    public void scene(int number, String title) {
        out.println();
        say("@|bold " + number + ". " + title + "|@");
    }

    public void tells(String who, String what) {
        say(String.format("   @|cyan %-11s|@ %s", who, what));
    }

    public void checked(String what) {
        say("   @|green ✓|@ " + what);
    }

    public void audit(AuditRecord audit) {
        tells("audit", "@|bold " + audit.getState() + "|@ (" + audit.getCode() + "): " + audit.getReason());
        audit.getTasks().forEach(task -> tells("", task(task)));
    }

    public void plain(String line) {
        say(line);
    }

    private static String task(TaskDone task) {
        var outcomes = new StringJoiner(", ");
        task.getDatasets().forEach(outcome -> outcomes.add(outcome(outcome)));
        String code = task.getCode() == null ? "" : " " + task.getCode();
        return String.format("  %-10s %s%s %s", task.getSystem(), task.getStatus(), code, outcomes);
    }

    private static String outcome(DatasetOutcome outcome) {
        return outcome.getDataset() + " " + outcome.getDisposition() + " " + outcome.getMatched();
    }

    private void say(String line) {
        out.println(ansi.string(line));
        out.flush();
    }
}

package io.quittance.streams.cli.command;

import io.quittance.streams.signature.SigningKey;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** For whom a key may speak, and its entry in a key set. */
final class KeyEntryOptions {

    @Option(
            names = "--approver",
            paramLabel = "PSEUDONYM",
            description =
                    "Of a key for decisions: for whom it may speak. Repeatable. Without, it is the approver service's"
                            + " own key: it speaks for every approver, and only where decisions.signature.issuer is set.")
    private List<String> approvers = new ArrayList<>();

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    /** JSON on one line, with {@code --json} and without. */
    void print(SigningKey key) {
        spec.commandLine().getOut().println(key.publicEntry(approvers));
        spec.commandLine().getOut().flush();
    }
}

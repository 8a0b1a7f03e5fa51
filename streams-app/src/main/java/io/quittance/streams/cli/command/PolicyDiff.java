package io.quittance.streams.cli.command;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import io.quittance.schema.PolicyDocument;
import io.quittance.streams.cli.document.DocumentWriter;
import io.quittance.streams.cli.output.Output;
import java.util.List;

/** What changed between two versions of a policy, as a unified diff of their YAML. */
final class PolicyDiff {

    private static final int LINES_AROUND = 3;

    private PolicyDiff() {}

    /** @return empty if they say the same */
    static List<String> of(PolicyDocument before, PolicyDocument after) {
        List<String> old = lines(before);
        return UnifiedDiffUtils.generateUnifiedDiff(
                title(before), title(after), old, DiffUtils.diff(old, lines(after)), LINES_AROUND);
    }

    static void print(Output output, PolicyDocument before, PolicyDocument after) {
        List<String> lines = of(before, after);
        lines.forEach(output::changed);
        if (lines.isEmpty()) {
            output.note(title(before) + " and " + title(after) + " say the same.");
        }
    }

    private static String title(PolicyDocument policy) {
        return policy.getName() + " version " + policy.getVersion();
    }

    private static List<String> lines(PolicyDocument policy) {
        return DocumentWriter.write(policy).stripTrailing().lines().toList();
    }
}

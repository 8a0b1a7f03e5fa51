package io.quittance.streams.cli.document;

import io.quittance.schema.SystemEntry;
import io.quittance.streams.yaml.Problems;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which system comes after which, over new and published entries together: each is known, and none waits for itself.
 */
final class SystemOrder {

    private final Map<String, List<String>> after = new HashMap<>();

    private SystemOrder() {}

    static void check(List<SystemDraft> drafts, Collection<SystemEntry> published, Problems problems) {
        SystemOrder order = new SystemOrder();
        published.forEach(entry -> order.after.put(entry.getSystem(), entry.getAfter()));
        Set<String> names = new HashSet<>();
        for (SystemDraft draft : drafts) {
            if (!names.add(draft.system())) {
                problems.add(draft.at(), "The system '" + draft.system() + "' is described twice.");
            }
            order.after.put(draft.system(), draft.entry().getAfter());
        }
        drafts.forEach(draft -> order.check(draft, problems));
    }

    private void check(SystemDraft draft, Problems problems) {
        draft.after().forEach((earlier, at) -> {
            if (!after.containsKey(earlier)) {
                problems.add(at, "There is no system '" + earlier + "': describe it too, or publish it first.");
            } else if (comesAfter(earlier, draft.system())) {
                problems.add(at, "'" + draft.system() + "' cannot come after '" + earlier + "', which comes after it.");
            }
        });
    }

    private boolean comesAfter(String system, String earlier) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(system));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (next.equals(earlier)) {
                return true;
            }
            if (seen.add(next)) {
                after.getOrDefault(next, List.of()).forEach(open::push);
            }
        }
        return false;
    }
}

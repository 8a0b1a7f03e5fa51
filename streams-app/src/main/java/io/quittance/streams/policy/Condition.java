package io.quittance.streams.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Map;
import java.util.SortedSet;

/**
 * A condition ready to be evaluated.
 *
 * @param looksAt the paths it names
 */
record Condition(CelRuntime.Program program, SortedSet<LookedAt.Path> looksAt) {

    boolean holds(Map<String, Object> values) throws CelEvaluationException {
        return Boolean.TRUE.equals(program.eval(values));
    }
}

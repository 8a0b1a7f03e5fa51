package io.quittance.streams.policy;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.quittance.streams.domain.model.Action;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/**
 * A condition ready to be evaluated.
 *
 * @param looksAt the paths it names
 * @param actions of any other action it does not hold
 */
record Condition(CelRuntime.Program program, SortedSet<LookedAt.Path> looksAt, Set<Action> actions) {

    /** Never throws. */
    Answer of(Map<String, Object> values) {
        try {
            return Boolean.TRUE.equals(program.eval(values)) ? Answer.YES : Answer.NO;
        } catch (CelEvaluationException e) {
            return Answer.failed(e.getErrorCode());
        } catch (RuntimeException e) {
            // The library promises the exception above; should it break that, no request may stop the pipeline.
            return Answer.failed(CelErrorCode.INTERNAL_ERROR);
        }
    }

    /**
     * Whether it holds.
     *
     * @param error what kind of error there was, for people; empty where there was none. The library's own message may
     *     show a value, so it is not kept.
     */
    record Answer(boolean holds, String error) {
        static final Answer YES = new Answer(true, "");
        static final Answer NO = new Answer(false, "");

        private static Answer failed(CelErrorCode code) {
            return new Answer(false, code.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }

        boolean failed() {
            return !error.isEmpty();
        }
    }
}

package io.quittance.proving.load;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What approvers are going to answer to a prompt, one after the other.
 *
 * @param story what it is part of
 * @param prompted what happens besides, as soon as the prompt is there
 */
record Script(StoryKind story, List<Answer> answers, Runnable prompted) {

    /**
     * One approver's answer.
     *
     * @param afterMs after the prompt was read
     * @param way what is odd about it
     * @param onlySystem the one system that is approved; null for all
     */
    record Answer(
            String verdict,
            String approver,
            String group,
            int afterMs,
            Way way,
            @Nullable String onlySystem) {
        static Answer approve(String approver, String group, int afterMs) {
            return new Answer("APPROVE", approver, group, afterMs, Way.PLAIN, null);
        }

        static Answer deny(String approver, int afterMs) {
            return new Answer("DENY", approver, Events.PRIVACY_TEAM, afterMs, Way.PLAIN, null);
        }

        Answer in(Way other) {
            return new Answer(verdict, approver, group, afterMs, other, onlySystem);
        }

        Answer only(String system) {
            return new Answer(verdict, approver, group, afterMs, way, system);
        }
    }

    /** What can be odd about an answer. */
    enum Way {
        PLAIN,
        /** It names another plan. */
        TAMPERED,
        /** It is by somebody who may not. */
        INELIGIBLE,
        /** It is keyed by the request. */
        MISROUTED,
        /** It is taken back a moment later. */
        REVOKED_SOON
    }
}

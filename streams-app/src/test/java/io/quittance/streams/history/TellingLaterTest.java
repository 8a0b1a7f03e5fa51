package io.quittance.streams.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.Command;
import io.quittance.streams.domain.Decision;
import io.quittance.streams.domain.Effect;
import io.quittance.streams.domain.World;
import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.Docket;
import io.quittance.streams.domain.model.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Progress may be told some time after it was made ({@code audit.progress.delay.ms}). The other tests of histories tell
 * it at once; here a core that does and one that does not live through the same, and do the same.
 */
class TellingLaterTest {
    private static final int HISTORIES = 2_000;
    private static final Duration DELAY = Duration.ofSeconds(1);

    @Test
    void nothingButTheTellingWaits() {
        var both = LongStream.range(0, HISTORIES)
                .mapToObj(TellingLaterTest::livedThrough)
                .toList();

        assertThat(both.stream().mapToInt(one -> one.toldLater).sum())
                .as("audit records of the one that waits")
                .isPositive()
                .isLessThan(both.stream().mapToInt(one -> one.toldAtOnce).sum());
    }

    private static Both livedThrough(long seed) {
        var both = new Both(seed);
        History.of(seed).play(both, false);
        return both;
    }

    /** Is the core that tells at once, and holds the other one against it after every turn. */
    private static final class Both implements Core {
        private final long seed;
        private final Core atOnce = Core.real(Play.SETTINGS);
        private final Core later = Core.real(Play.SETTINGS.tellingAfter(DELAY));
        private final Map<String, Docket> dockets = new HashMap<>();
        private int toldAtOnce;
        private int toldLater;

        Both(long seed) {
            this.seed = seed;
        }

        @Override
        public Decision decide(Docket docket, Command command, Origin origin, World world, Instant now) {
            return alike(
                    atOnce.decide(docket, command, origin, world, now),
                    later.decide(others(docket), command, origin, world, now),
                    now);
        }

        @Override
        public Decision tick(Docket docket, World world, Instant now) {
            return alike(atOnce.tick(docket, world, now), later.tick(others(docket), world, now), now);
        }

        @Override
        public @Nullable Instant due(Docket docket) {
            return atOnce.due(docket);
        }

        private Docket others(Docket docket) {
            return dockets.getOrDefault(docket.subjectId(), docket);
        }

        private Decision alike(Decision one, Decision other, Instant now) {
            assertThat(deeds(other)).as("what is done, seed %d", seed).isEqualTo(deeds(one));
            assertThat(other.refusal()).as("refusal, seed %d", seed).isEqualTo(one.refusal());
            assertThat(matters(other)).as("what is known, seed %d", seed).isEqualTo(matters(one));
            assertThat(other.docket().open())
                    .as("what is told too late, seed %d", seed)
                    .allSatisfy(open -> assertThat(open.story().owedBy())
                            .satisfiesAnyOf(
                                    by -> assertThat(by).isNull(),
                                    by -> assertThat(by).isAfter(now)));
            toldAtOnce += audits(one);
            toldLater += audits(other);
            dockets.put(other.docket().subjectId(), other.docket());
            return one;
        }

        private static int audits(Decision decision) {
            return (int) decision.effects().stream()
                    .filter(Effect.WriteAudit.class::isInstance)
                    .count();
        }

        private static List<Object> deeds(Decision decision) {
            return decision.effects().stream()
                    .filter(effect -> !isProgress(effect))
                    .map(Both::deed)
                    .toList();
        }

        private static boolean isProgress(Effect effect) {
            return effect instanceof Effect.WriteAudit audit
                            && !audit.snapshot().state().closed()
                    || effect instanceof Effect.Notify notify && notify.code().equals("APPROVAL_WANTED");
        }

        /** Without how much has been told so far. */
        private static Object deed(Effect effect) {
            if (effect instanceof Effect.Prompt prompt) {
                return Arrays.asList(matter(prompt.about()), prompt.ballot(), prompt.left());
            } else if (effect instanceof Effect.PromptReview review) {
                return matter(review.about());
            } else if (effect instanceof Effect.IssueTask issue) {
                return Arrays.asList(
                        matter(issue.of()), issue.task(), issue.grant(), issue.datasets(), issue.minimizations());
            } else if (effect instanceof Effect.RevokeGrant revoke) {
                return Arrays.asList(matter(revoke.of()), revoke.grant(), revoke.code());
            } else if (effect instanceof Effect.WriteAudit audit) {
                return matter(audit.snapshot());
            } else if (effect instanceof Effect.Notify notify) {
                return Arrays.asList(matter(notify.about()), notify.code(), notify.audience(), notify.detail());
            }
            return effect;
        }

        private static List<Object> matters(Decision decision) {
            return decision.docket().open().stream().map(Both::matter).toList();
        }

        private static Object matter(Case about) {
            return Arrays.asList(
                    about.requestId(),
                    about.standing(),
                    about.authority(),
                    about.tasks(),
                    about.clock(),
                    about.story().trail(),
                    about.story().dropped());
        }
    }
}

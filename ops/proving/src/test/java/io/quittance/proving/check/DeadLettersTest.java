package io.quittance.proving.check;

import static io.quittance.proving.check.Histories.CLOSED;
import static io.quittance.proving.check.Histories.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.proving.history.Act.Kind;
import io.quittance.proving.history.Place;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private static final Place POISON = new Place("privacy.requests", 1, 7);

    private final Invariant a8 = new DeadLetters();

    @Test
    void poisonBelongsThereOnce() {
        Histories history = Histories.quiet().garbage(POISON, "UNDECODABLE");
        assertThat(history.foundBy(a8)).singleElement().asString().startsWith("LOST The POISON record");
        history.deadLetter(POISON, "UNDECODABLE", null, 2_000);
        assertThat(history.foundBy(a8)).isEmpty();
        history.deadLetter(POISON, "UNDECODABLE", null, 2_100);
        assertThat(history.foundBy(a8)).singleElement().asString().startsWith("DOUBLED has 2 dead letters");
    }

    @Test
    void poisonBelongsThereForItsOwnReason() {
        Histories history =
                Histories.quiet().garbage(POISON, "UNDECODABLE").deadLetter(POISON, "OVERSIZED", null, 2_000);
        assertThat(history.foundBy(a8)).singleElement().asString().contains("for OVERSIZED, not for UNDECODABLE");
    }

    @Test
    void aTombstoneThatWasSentTwiceBelongsThereTwice() {
        Place again = new Place("privacy.requests", 1, 8);
        Histories history = Histories.quiet()
                .garbage(POISON, Map.of("codes", "INVALID", "sha256", "none", "resent", "true"))
                .deadLetter(POISON, "INVALID", null, null, null, 2_000)
                .deadLetter(again, "INVALID", null, null, null, 2_000);
        assertThat(history.foundBy(a8)).isEmpty();
        assertThat(Histories.quiet()
                        .deadLetter(again, "INVALID", null, null, null, 2_000)
                        .foundBy(a8))
                .hasSize(1);
    }

    @Test
    void whatCannotBeReadBelongsOnlyWhereItWasPutOnPurpose() {
        Histories history = Histories.quiet();
        history.evidence.unreadable.add(new Unreadable(POISON, "sha", 2_000));
        assertThat(history.foundBy(a8))
                .containsExactly(
                        "VIOLATED The record at privacy.requests-1@7 cannot be read, where only the product writes.");
        history.garbage(POISON, "UNDECODABLE").deadLetter(POISON, "UNDECODABLE", null, 2_000);
        assertThat(history.foundBy(a8)).isEmpty();
    }

    @Test
    void aGoodRecordDoesNotBelongThere() {
        Histories history = Histories.deleted().deadLetter(POISON, "UNDECODABLE", null, 2_000);
        assertThat(history.foundBy(a8)).singleElement().asString().contains("for which there is no reason");
    }

    @Test
    void whatComesAfterTheCloseBelongsThere() {
        Histories late = Histories.deleted();
        late.deadLetter(late.place("completions"), "REQUEST_CLOSED", REQUEST, CLOSED + 1);
        assertThat(late.foundBy(a8)).isEmpty();
        Histories early = Histories.deleted();
        early.deadLetter(early.place("completions"), "REQUEST_CLOSED", REQUEST, CLOSED - 1);
        assertThat(early.foundBy(a8)).hasSize(1);
        Histories open = Histories.quiet().submitted("FULFILLED").audit(1, "QUEUED", false, List.of());
        open.deadLetter(open.place("completions"), "REQUEST_CLOSED", REQUEST, CLOSED);
        assertThat(open.foundBy(a8)).hasSize(1);
    }

    @Test
    void anAnswerThatContradictsTheFirstBelongsThere() {
        Histories alone = Histories.quiet().issued(1).answered(1, Histories.erased(1));
        Place heard = alone.evidence.completions(REQUEST).get(0).place();
        alone.deadLetter(heard, "CONTRADICTING_COMPLETION", REQUEST, CLOSED + 1);
        assertThat(alone.foundBy(a8)).hasSize(1);
        alone.answered(1, "REFUSED", false, List.of());
        assertThat(alone.foundBy(a8)).isEmpty();
    }

    @Test
    void anOrderThatOvertookItsRequestBelongsThere() {
        Histories history = Histories.deleted().act(Kind.CANCELLED, 900, Map.of());
        Place order = Objects.requireNonNull(
                history.evidence.acts(REQUEST, Kind.CANCELLED).get(0).place());
        assertThat(history.deadLetter(order, "UNKNOWN_REQUEST", REQUEST, Histories.SUBMITTED)
                        .foundBy(a8))
                .isEmpty();
        Histories after = Histories.deleted().act(Kind.CANCELLED, 900, Map.of());
        Place ignored = Objects.requireNonNull(
                after.evidence.acts(REQUEST, Kind.CANCELLED).get(0).place());
        assertThat(after.deadLetter(ignored, "UNKNOWN_REQUEST", REQUEST, Histories.SUBMITTED + 1)
                        .foundBy(a8))
                .hasSize(1);
        assertThat(after.fault("clock-step", 900, 950).foundBy(a8)).isEmpty();
    }
}

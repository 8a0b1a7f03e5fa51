package io.quittance.proving.check;

import static io.quittance.proving.check.Histories.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OneCloseTest {
    private final Invariant a2 = new OneClose();

    @Test
    void aSecondCloseIsOneTooMany() {
        Histories history =
                Histories.quiet().audit(1, "FULFILLED", true, List.of()).audit(2, "EXPIRED", true, List.of());
        assertThat(history.foundBy(a2)).singleElement().asString().startsWith("DOUBLED was closed, and another record");
    }

    @Test
    void anythingAfterTheCloseIsOneTooMany() {
        Histories history =
                Histories.quiet().audit(1, "FULFILLED", true, List.of()).audit(2, "EXECUTING", false, List.of());
        assertThat(history.foundBy(a2)).hasSize(1);
    }

    @Test
    void aRevisionThatComesTwiceIsOneTooMany() {
        Histories history =
                Histories.quiet().audit(1, "QUEUED", false, List.of()).audit(1, "FULFILLED", true, List.of());
        assertThat(history.foundBy(a2)).singleElement().asString().contains("revision 1 after revision 1");
    }

    @Test
    void anAttemptThatGoesOutTwiceIsOneTooMany() {
        assertThat(Histories.quiet().issued(1).issued(1).foundBy(a2))
                .singleElement()
                .asString()
                .contains("attempt 1 in crm go out after attempt 1");
        assertThat(Histories.quiet().issued(1).issued(2).foundBy(a2)).isEmpty();
    }

    @Test
    void anAttemptThatTheAuditDoesNotKnowIsOneTooMany() {
        Histories history = Histories.deleted().issued(2);
        assertThat(history.foundBy(a2)).singleElement().asString().contains("of which the audit knows 1");
    }

    @Test
    void anAttemptThatOnlyTheAuditKnowsIsLost() {
        Histories history =
                Histories.quiet().issued(1).audit(1, "FULFILLED", true, List.of(task(2, "DONE", List.of())));
        assertThat(history.foundBy(a2)).singleElement().asString().startsWith("LOST is audited with 2 attempts");
    }

    @Test
    void anAttemptThatFailedForGoodIsNotDoneAsWell() {
        Histories history = Histories.deleted().answered(1, "FAILED", true, List.of());
        assertThat(history.foundBy(a2)).isEmpty();
        assertThat(history.answered(1, "FAILED", false, List.of()).foundBy(a2))
                .singleElement()
                .asString()
                .startsWith("DOUBLED is told that attempt 1 in crm is done and that it failed");
    }

    @Test
    void twoReportsOnOneAttemptMustSayTheSame() {
        Histories same = Histories.deleted().answered(1, Histories.erased(1));
        assertThat(same.foundBy(a2)).isEmpty();
        Histories different = Histories.deleted().answered(1, Histories.erased(0));
        assertThat(different.foundBy(a2)).singleElement().asString().contains("two different reports");
    }
}

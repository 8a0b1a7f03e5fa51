package io.quittance.proving.check;

import static io.quittance.proving.check.Histories.FIRST;
import static io.quittance.proving.check.Histories.ISSUED;
import static io.quittance.proving.check.Histories.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SequenceTest {
    /** When an attempt of {@link Histories#issued} stands in its topic. */
    private static final long WRITTEN = ISSUED;

    private final Invariant a4 = new Restraint();

    @Test
    void whatComesFirstIsDoneFirst() {
        assertThat(staged().foundBy(a4))
                .singleElement()
                .asString()
                .contains("sales, which comes first, was never done");
        assertThat(doneFirst(WRITTEN + 1).foundBy(a4))
                .containsExactly("VIOLATED had work go out in crm 1 ms before sales, which comes first, was done");
        assertThat(doneFirst(WRITTEN).foundBy(a4)).isEmpty();
    }

    @Test
    void whatWasForgottenInTheFirstSystemWasNotDoneFirst() {
        Histories history = Histories.quiet()
                .mapped(FIRST, "DELETE")
                .submitted("FULFILLED")
                .issued(1)
                .audit(1, "EXECUTING", false, List.of());
        assertThat(history.foundBy(a4)).singleElement().asString().contains("sales, which comes first, was never done");
        assertThat(history.asked("DELETE", List.of("crm"), List.of()).foundBy(a4))
                .isEmpty();
    }

    @Test
    void whatHasNoWorkInTheFirstSystemNeedNotWaitForIt() {
        assertThat(Histories.quiet().issued(1).foundBy(a4)).isEmpty();
    }

    @Test
    void aWriteThatOvertakesAnEarlierRequestIsAViolation() {
        assertThat(two("ACCESS", "DELETE", ISSUED + 1, List.of()).foundBy(a4))
                .containsExactly("VIOLATED was begun before r-1 was over, which was submitted earlier");
        assertThat(two("ACCESS", "DELETE", ISSUED, List.of()).foundBy(a4)).isEmpty();
        assertThat(two("ACCESS", "DELETE", ISSUED + 1, List.of("LEGAL_HOLD")).foundBy(a4))
                .hasSize(1);
    }

    @Test
    void aReadOvertakesAWriteOnlyIfThatHasToWait() {
        assertThat(two("DELETE", "ACCESS", ISSUED + 1, List.of()).foundBy(a4)).hasSize(1);
        assertThat(two("DELETE", "ACCESS", ISSUED + 1, List.of("LEGAL_HOLD")).foundBy(a4))
                .isEmpty();
    }

    @Test
    void readsOvertakeEachOther() {
        assertThat(two("EXPORT", "ACCESS", ISSUED + 1, List.of()).foundBy(a4)).isEmpty();
    }

    @Test
    void readsNeedNoOrder() {
        assertThat(staged("EXPORT").foundBy(a4)).isEmpty();
    }

    private static Histories staged() {
        return staged("DELETE");
    }

    private static Histories staged(String action) {
        Histories history = Histories.quiet().issued(1, action);
        history.evidence.add(new TaskSeen(
                history.place("tasks." + FIRST),
                ISSUED - 500,
                Histories.REQUEST + "/" + FIRST,
                Histories.REQUEST,
                SUBJECT,
                FIRST,
                1,
                action,
                Histories.quiet().grant(Histories.REQUEST),
                List.of(),
                ISSUED - 500,
                ISSUED + 15_000));
        return history;
    }

    private static Histories doneFirst(long at) {
        Histories history = staged();
        history.evidence.add(new CompletionSeen(
                history.place("completions"),
                at,
                Histories.REQUEST + "/" + FIRST,
                Histories.REQUEST,
                FIRST,
                1,
                Histories.GRANT,
                "DONE",
                false,
                null,
                List.of(),
                ISSUED - 400,
                at));
        return history;
    }

    /** Two requests, of which the second begins when it is issued, and the first is over without ever having begun. */
    private static Histories two(String first, String second, long over, List<String> trail) {
        Histories history = Histories.quiet().submission("r-1", first, 1).submission("r-2", second, 2);
        history.issued("r-2", 1, second, ISSUED);
        return history.ended("r-1", over, trail);
    }
}

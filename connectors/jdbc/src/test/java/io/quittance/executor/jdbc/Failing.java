package io.quittance.executor.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.executor.TaskFailure;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Tasks that are not done, and say why without saying whose. */
final class Failing {
    private Failing() {}

    static void assertFails(ThrowingCallable execution, String code) {
        assertThatThrownBy(execution)
                .isInstanceOfSatisfying(
                        TaskFailure.class,
                        failure ->
                                assertThat(failure.code()).as(failure.detail()).isEqualTo(code))
                .hasMessageNotContaining("@example.org");
    }
}

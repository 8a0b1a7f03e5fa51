package io.quittance.executor.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.executor.Given;
import io.quittance.schema.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExportKeyTest {
    @Test
    void namesTheSubjectTheRequestTheSystemAndTheGrant() {
        assertThat(ExportKey.document(Given.task())).isEqualTo("subject-1/request-1/shop/grant-1.json");
    }

    @Test
    void keepsTwoSubjectsApartWhoseRequestsHaveTheSameName() {
        Task other = Given.task();
        other.setSubjectId("subject-2");

        assertThat(ExportKey.document(other)).isNotEqualTo(ExportKey.document(Given.task()));
    }

    @Test
    void isTheSameForEveryAttemptUnderAGrantAndAnotherForTheNextGrant() {
        Task task = Given.task();
        String first = ExportKey.document(task);
        task.setAttempt(task.getAttempt() + 1);

        assertThat(ExportKey.document(task)).isEqualTo(first);

        task.getGrant().setGrantId("grant-2");
        assertThat(ExportKey.document(task)).isNotEqualTo(first);
    }

    @Test
    void leavesNoWayOutOfItsFolder() {
        Task task = Given.task();
        task.setRequestId("../../etc");
        task.setSystem("a/b");

        assertThat(ExportKey.document(task)).isEqualTo("subject-1/~2E.~2F..~2Fetc/a~2Fb/grant-1.json");
    }

    @Test
    void givesDifferentNamesToDifferentInputs() {
        List<String> names = List.of("a/b", "a_b", "a~2Fb", "a b", "A/B", ".ab", "ab", "é", "e", "\u0000", "~", "~~");

        assertThat(names.stream().map(ExportKey::part)).doesNotHaveDuplicates();
    }

    @Test
    void keepsLongNamesApartAndWithinWhatFileSystemsTake() {
        String common = "x".repeat(1_000_000);

        assertThat(ExportKey.part(common + "1"))
                .hasSizeLessThanOrEqualTo(200)
                .isNotEqualTo(ExportKey.part(common + "2"));
    }

    @Test
    void shortensWhatGrewTooLongByEscaping() {
        assertThat(ExportKey.part("/".repeat(150))).hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void refusesAnEmptyName() {
        assertThatThrownBy(() -> ExportKey.part("")).isInstanceOf(IllegalArgumentException.class);
    }
}

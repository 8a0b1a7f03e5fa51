package io.quittance.executor.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExportKeyTest {
    @Test
    void namesTheRequestAndTheSystem() {
        assertThat(ExportKey.document("018f-42", "crm")).isEqualTo("018f-42/crm.json");
    }

    @Test
    void leavesNoWayOutOfItsFolder() {
        assertThat(ExportKey.document("../../etc", "a/b")).isEqualTo("~2E.~2F..~2Fetc/a~2Fb.json");
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
        assertThatThrownBy(() -> ExportKey.document("", "crm")).isInstanceOf(IllegalArgumentException.class);
    }
}

package io.quittance.proving.nemesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTest {
    @ParameterizedTest
    @EnumSource
    void isFoundByItsId(Fault fault) {
        assertThat(Fault.of(fault.id())).isEqualTo(fault);
    }

    @Test
    void isNamedAsPeopleWriteIt() {
        assertThat(Fault.COMMIT_THEN_DROP.id()).isEqualTo("commit-then-drop");
    }

    @Test
    void saysWhichThereAreWhenAskedForAnother() {
        assertThatThrownBy(() -> Fault.of("kill-everything"))
                .hasMessageContaining("kill-everything")
                .hasMessageContaining("kill-broker")
                .hasMessageContaining("poison");
    }
}

package io.quittance.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ListenPortTest {
    @Test
    void aTakenPortIsOneLineThatNamesThePortAndWhatToChange() throws Exception {
        try (var taken = new ServerSocket(0, 1, ListenPort.address(0).getAddress())) {
            assertThatThrownBy(() -> ListenPort.fixed(taken.getLocalPort(), "QUICKSTART_KAFKA_PORT")
                            .claim("Kafka"))
                    .isInstanceOf(HarnessException.class)
                    .hasMessage(
                            "port %d on 127.0.0.1, wanted for Kafka, is taken: stop what listens there, or set QUICKSTART_KAFKA_PORT to another port",
                            taken.getLocalPort());
        }
    }

    @Test
    void aPortTakenOnAllInterfacesIsTakenHereToo() throws Exception {
        try (var taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> ListenPort.fixed(taken.getLocalPort(), "X").claim("Kafka"))
                    .isInstanceOf(HarnessException.class);
        }
    }

    @Test
    void anyPortIsAFreeOne() {
        assertThat(ListenPort.any().claim("Kafka")).isPositive();
    }

    @Test
    void aNumberThatIsNoPortIsRefusedWithTheSetting() {
        assertThatThrownBy(() -> ListenPort.fixed(70_000, "QUICKSTART_KAFKA_PORT"))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("70000")
                .hasMessageContaining("QUICKSTART_KAFKA_PORT");
    }
}

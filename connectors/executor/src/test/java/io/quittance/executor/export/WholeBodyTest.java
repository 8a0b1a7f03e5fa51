package io.quittance.executor.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class WholeBodyTest {
    @Test
    void passesOnABodyThatIsWhole() throws IOException {
        assertThat(body(4, 4).readAllBytes()).hasSize(4);
        assertThat(body(0, 0).readAllBytes()).isEmpty();
    }

    @Test
    void countsInWhateverWayItIsRead() throws IOException {
        InputStream body = body(4, 4);

        assertThat(body.read()).isZero();
        assertThat(body.skip(1)).isEqualTo(1);
        assertThat(body.readNBytes(2)).hasSize(2);
        assertThat(body.read()).isEqualTo(-1);
    }

    @Test
    void failsAtAnEndThatComesTooSoon() throws IOException {
        InputStream inBulk = body(3, 4);
        InputStream byByte = body(3, 4);

        assertThatThrownBy(inBulk::readAllBytes).isInstanceOf(EOFException.class);
        for (int sent = 0; sent < 3; sent++) {
            assertThat(byByte.read()).isZero();
        }
        assertThatThrownBy(byByte::read).isInstanceOf(EOFException.class);
    }

    private static InputStream body(int sent, long promised) {
        return new WholeBody(new ByteArrayInputStream(new byte[sent]), promised);
    }
}

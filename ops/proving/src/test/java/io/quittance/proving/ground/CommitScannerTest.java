package io.quittance.proving.ground;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CommitScannerTest {
    private final CommitScanner scanner = new CommitScanner();

    @Test
    void seesTheAnswerToACommit() {
        assertThat(sees(message('R', "\0\0\0\0"), message('C', "COMMIT\0"))).isTrue();
    }

    @Test
    void seesNoneInOtherAnswers() {
        assertThat(sees(message('C', "INSERT 0 1\0"), message('C', "ROLLBACK\0"), message('Z', "T")))
                .isFalse();
    }

    @Test
    void isNotDeceivedByDataThatLooksLikeOne() {
        byte[] commit = message('C', "COMMIT\0");
        assertThat(sees(message('D', new String(commit, StandardCharsets.ISO_8859_1))))
                .isFalse();
    }

    @Test
    void readsOnAfterEncryptionWasRefused() {
        assertThat(scanner.sees(new byte[] {'N'}, 1)).isFalse();
        assertThat(sees(message('R', "\0\0\0\0"), message('C', "COMMIT\0"))).isTrue();
    }

    @Test
    void seesItThoughItComesByteByByte() {
        int seen = 0;
        for (byte one : join(message('T', "x".repeat(300)), message('C', "COMMIT\0"), message('Z', "I"))) {
            seen += scanner.sees(new byte[] {one}, 1) ? 1 : 0;
        }
        assertThat(seen).isEqualTo(1);
    }

    @Test
    void seesItBesideEmptyMessages() {
        assertThat(sees(message('1', ""), message('2', ""), message('C', "COMMIT\0")))
                .isTrue();
    }

    private boolean sees(byte[]... messages) {
        byte[] all = join(messages);
        return scanner.sees(all, all.length);
    }

    private static byte[] join(byte[]... messages) {
        var all = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            all.writeBytes(message);
        }
        return all.toByteArray();
    }

    private static byte[] message(char type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(1 + Integer.BYTES + bytes.length)
                .put((byte) type)
                .putInt(Integer.BYTES + bytes.length)
                .put(bytes)
                .array();
    }
}

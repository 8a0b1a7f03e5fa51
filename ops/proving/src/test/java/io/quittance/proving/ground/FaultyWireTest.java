package io.quittance.proving.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Between real sockets; the server is told by the test what to say. */
class FaultyWireTest {
    private static final int PATIENCE_MS = 5_000;

    private ServerSocket server;
    private FaultyWire wire;
    private Socket client;
    private Socket accepted;

    @BeforeEach
    void connect() throws IOException {
        InetAddress local = InetAddress.getLoopbackAddress();
        server = new ServerSocket(0, 1, local);
        wire = new FaultyWire(local.getHostAddress(), 0, new InetSocketAddress(local, server.getLocalPort()));
        String[] address = wire.address().split(":");
        client = new Socket(address[0], Integer.parseInt(address[1]));
        client.setSoTimeout(PATIENCE_MS);
        accepted = server.accept();
        accepted.setSoTimeout(PATIENCE_MS);
    }

    @AfterEach
    void disconnect() throws IOException {
        client.close();
        accepted.close();
        wire.close();
        server.close();
    }

    @Test
    void carriesWhatBothSidesSay() throws IOException {
        client.getOutputStream().write("ask".getBytes(StandardCharsets.US_ASCII));
        assertThat(accepted.getInputStream().readNBytes(3)).asString().isEqualTo("ask");
        accepted.getOutputStream().write(committed());
        assertThat(client.getInputStream().readNBytes(committed().length)).isEqualTo(committed());
    }

    @Test
    void cutsTheConnectionInsteadOfHandingOnACommit() throws IOException {
        wire.dropCommits(1);
        accepted.getOutputStream().write(committed());
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        assertThat(wire.dropped()).isEqualTo(1);
    }

    @Test
    void dropsEverySecondCommitWhenToldSo() throws IOException {
        wire.dropCommits(2);
        accepted.getOutputStream().write(committed());
        assertThat(client.getInputStream().readNBytes(committed().length)).isEqualTo(committed());
        accepted.getOutputStream().write(committed());
        assertThat(client.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void answersLaterButAtOnceWhenItIsToldToStop() throws IOException {
        wire.delay(Duration.ofMinutes(1));
        accepted.getOutputStream().write(committed());
        client.setSoTimeout(100);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        client.setSoTimeout(PATIENCE_MS);
        wire.delay(Duration.ZERO);
        assertThat(client.getInputStream().readNBytes(committed().length)).isEqualTo(committed());
    }

    @Test
    void countsTheAnswersThatItHeldBackAndNothingElse() throws IOException {
        accepted.getOutputStream().write(committed());
        assertThat(client.getInputStream().readNBytes(committed().length)).isEqualTo(committed());
        wire.delay(Duration.ofMillis(1));
        client.getOutputStream().write("ask".getBytes(StandardCharsets.US_ASCII));
        assertThat(accepted.getInputStream().readNBytes(3)).asString().isEqualTo("ask");
        assertThat(wire.delayed()).isZero();
        accepted.getOutputStream().write(committed());
        assertThat(client.getInputStream().readNBytes(committed().length)).isEqualTo(committed());
        assertThat(wire.delayed()).isPositive();
    }

    private static byte[] committed() {
        byte[] tag = "COMMIT\0".getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(1 + Integer.BYTES + tag.length)
                .put((byte) 'C')
                .putInt(Integer.BYTES + tag.length)
                .put(tag)
                .array();
    }
}

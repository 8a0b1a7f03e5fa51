package io.quittance.proving.ground;

import io.quittance.harness.HarnessException;
import io.quittance.harness.Site;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** All parts at one address, told apart by their ports. */
final class Loopback implements Network {
    /** Below those that the operating system gives to clients: a part that is down gets its port back. */
    private static final int FIRST_PORT = 20_000;

    private static final int LAST_PORT = 32_000;

    private final String refusal;
    private final Map<String, Integer> ports = new HashMap<>();
    private int next = FIRST_PORT + (int) (ProcessHandle.current().pid() % 1_000) * 10;

    /** @param refusal why there is nothing better */
    Loopback(String refusal) {
        this.refusal = refusal;
    }

    @Override
    public Site site(String part) {
        return Site.here();
    }

    @Override
    public String addressHere(String part) {
        return Site.here().host();
    }

    @Override
    public synchronized int port(String part, int usual) {
        return ports.computeIfAbsent(part + ":" + usual, name -> nextFree());
    }

    @Override
    public Optional<String> refusal() {
        return Optional.of(refusal);
    }

    @Override
    public void cut(String part, String other) {
        throw new UnsupportedOperationException(refusal);
    }

    @Override
    public long mend(String part, String other) {
        throw new UnsupportedOperationException(refusal);
    }

    private int nextFree() {
        while (next < LAST_PORT) {
            int candidate = next++;
            if (isFree(candidate)) {
                return candidate;
            }
        }
        throw new HarnessException("no port from %d to %d is free".formatted(FIRST_PORT, LAST_PORT));
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(Site.here().host(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}

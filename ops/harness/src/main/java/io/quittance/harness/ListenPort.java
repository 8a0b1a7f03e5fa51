package io.quittance.harness;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * A port to listen on at {@value #HOST}.
 *
 * @param number the port, or 0 for any free one
 * @param setting what a person changes when the port is taken: a variable or an option; empty for a free port
 */
public record ListenPort(int number, String setting) {
    /** All parts listen here and nowhere else. */
    public static final String HOST = "127.0.0.1";

    private static final int MAX_PORT = 65_535;

    public ListenPort {
        if (number < 0 || number > MAX_PORT) {
            throw new HarnessException("port %d is out of range: set %s to a number from 0 (any free port) to %d"
                    .formatted(number, setting, MAX_PORT));
        }
    }

    /** Whatever port the operating system has free. */
    public static ListenPort any() {
        return new ListenPort(0, "");
    }

    /** This port at {@value #HOST}. */
    static InetSocketAddress address(int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }

    /** Exactly this port; {@code setting} is named in the error when it is taken. */
    public static ListenPort fixed(int number, String setting) {
        return new ListenPort(number, setting);
    }

    /**
     * The number to listen on, found free a moment ago.
     *
     * @param owner who wants it, for the error
     * @throws HarnessException when it is taken
     */
    public int claim(String owner) {
        try (var socket = new ServerSocket()) {
            // Else connections of an earlier run that are in TIME_WAIT make a free port look taken.
            socket.setReuseAddress(true);
            socket.bind(address(number));
            return socket.getLocalPort();
        } catch (BindException taken) {
            throw new HarnessException(
                    "port %d on %s, wanted for %s, is taken: stop what listens there, or set %s to another port"
                            .formatted(number, HOST, owner, setting),
                    taken);
        } catch (IOException e) {
            throw new HarnessException("no port on %s could be opened for %s".formatted(HOST, owner), e);
        }
    }
}

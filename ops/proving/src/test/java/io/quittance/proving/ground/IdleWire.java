package io.quittance.proving.ground;

import java.net.InetSocketAddress;

/** For tests elsewhere: a wire that nobody talks over. */
public final class IdleWire {
    private IdleWire() {}

    public static FaultyWire make() {
        return new FaultyWire("127.0.0.1", 0, new InetSocketAddress("127.0.0.1", 1));
    }
}

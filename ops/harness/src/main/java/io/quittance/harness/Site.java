package io.quittance.harness;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a part runs.
 *
 * @param host the address it listens at, which this JVM can reach
 * @param wrapping what precedes its command and ends in executing it, to give it a network of its own for instance;
 *     empty for nothing
 */
public record Site(String host, List<String> wrapping) {
    private static final Site HERE = new Site(ListenPort.HOST, List.of());

    public Site {
        wrapping = List.copyOf(wrapping);
    }

    /** Beside this JVM, at {@value ListenPort#HOST}. */
    public static Site here() {
        return HERE;
    }

    /** The command as it is to be run here. */
    public List<String> wrap(List<String> command) {
        var wrapped = new ArrayList<>(wrapping);
        wrapped.addAll(command);
        return wrapped;
    }

    /** Elsewhere nobody but the part takes ports, and this JVM could not tell. */
    int claim(ListenPort port, String owner) {
        return host.equals(ListenPort.HOST) || port.number() == 0 ? port.claim(owner) : port.number();
    }
}

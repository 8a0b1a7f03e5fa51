package io.quittance.harness;

import java.util.ArrayList;
import java.util.List;

/** Commands that know nothing of us, and yet are not to outlive this JVM. */
public final class Watched {
    /**
     * Gives way to the command, and leaves behind somebody who kills it when the other end of our input, which this JVM
     * holds, is closed without a word.
     */
    private static final String SCRIPT =
            "exec 3<&0; ( read -r ended <&3 || kill -9 $$ 2>/dev/null ) & exec \"$@\" </dev/null 3<&-";

    private Watched() {}

    /**
     * The command, watched, as the same process. Whoever starts it must leave its standard input a pipe, and keep it
     * open.
     */
    public static List<String> command(List<String> command) {
        var watched = new ArrayList<>(List.of("sh", "-c", SCRIPT, "watched"));
        watched.addAll(command);
        return watched;
    }
}

package io.quittance.streams.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** Exit codes; scripts rely on them, so they never change their meaning. */
public final class ExitCode {

    public static final int OK = 0;
    public static final int FAILURE = 1;
    public static final int USAGE = 2;
    public static final int NOT_FOUND = 3;
    public static final int TIMED_OUT = 4;
    public static final int REFUSED = 5;

    private ExitCode() {}

    /** What each means, for the help. */
    static Map<String, String> help() {
        Map<String, String> help = new LinkedHashMap<>();
        help.put(" " + OK, "Done.");
        help.put(" " + FAILURE, "It failed: the cluster or the registry did not answer, or would not let us.");
        help.put(" " + USAGE, "The command line is not understood.");
        help.put(" " + NOT_FOUND, "There is no such request, prompt, policy, system or topic.");
        help.put(" " + TIMED_OUT, "Time was up before it happened.");
        help.put(
                " " + REFUSED,
                "Refused: a document is not valid, a policy's test fails, a topic differs, an approval would not be accepted,"
                        + " a removal is not confirmed.");
        return help;
    }
}

package io.quittance.harness.child;

import java.io.IOException;
import java.util.Arrays;

/**
 * Runs another main class and ends this JVM when the parent goes: the parent holds the other end of standard input, and
 * the operating system closes it however the parent dies.
 */
public final class ParentWatch {
    private static final int PARENT_IS_GONE = 143;

    private ParentWatch() {}

    /**
     * Starts the watch, then the other main class.
     *
     * @param args the main class to run, then its own arguments
     */
    public static void main(String[] args) throws ReflectiveOperationException {
        var watch = new Thread(ParentWatch::haltWhenParentIsGone, "parent-watch");
        watch.setDaemon(true);
        watch.start();
        Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(args, 1, args.length));
    }

    private static void haltWhenParentIsGone() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever said on this pipe.
            }
        } catch (IOException closed) {
            // A broken pipe says the same as its end.
        }
        Runtime.getRuntime().halt(PARENT_IS_GONE);
    }
}

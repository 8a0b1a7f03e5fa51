package io.quittance.proving.ground;

import io.quittance.harness.HarnessException;
import io.quittance.harness.child.ParentWatch;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * Namespaces of our own for network, mounts and processes, in which the whole run takes place. However it ends, the
 * kernel then ends every process, network and mount in them: none is left behind, and nothing is done to the machine.
 * Needs no root where unprivileged user namespaces are allowed.
 */
public final class Enclosure {
    private static final String MARK = "QUITTANCE_GROUND_ENCLOSED";
    private static final String WHY_NOT = "QUITTANCE_GROUND_OPEN";
    private static final long GRACE_SECONDS = 60;

    private static final List<String> NAMESPACES =
            List.of("--net", "--mount", "--pid", "--fork", "--kill-child=KILL", "--mount-proc");

    private Enclosure() {}

    /**
     * Runs a main class in an enclosure, in a JVM like this one, unless this one is in it already or the machine does
     * not allow it.
     *
     * @return its exit code; empty when the caller has to go on in this JVM
     */
    public static OptionalInt run(Class<?> mainClass, String... arguments) {
        if (isInside() || !supported()) {
            return OptionalInt.empty();
        }
        try {
            var builder = new ProcessBuilder(command(mainClass, arguments))
                    .redirectOutput(Redirect.INHERIT)
                    .redirectError(Redirect.INHERIT);
            builder.environment().put(MARK, "yes");
            Process inner = builder.start();
            // Ctrl-C reaches both: the inner one puts everything away, and this one waits for it.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitEnd(inner), "enclosure-end"));
            return OptionalInt.of(inner.waitFor());
        } catch (IOException e) {
            throw new HarnessException("the enclosure cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while the enclosure ran", e);
        }
    }

    /** Whether this JVM is in one. */
    static boolean isInside() {
        return System.getenv(MARK) != null;
    }

    /** Why there is none; empty inside of one. */
    static Optional<String> refusal() {
        if (isInside()) {
            return Optional.empty();
        }
        return Optional.of(
                supported()
                        ? "not started in namespaces of its own"
                        : "neither root nor unprivileged user namespaces, or no unshare");
    }

    /** With which the namespaces are made, as root or as anybody; empty when it does not work. */
    private static Optional<List<String>> unshare() {
        for (List<String> user : List.of(List.<String>of(), List.of("--user", "--map-root-user"))) {
            var command = new ArrayList<>(List.of("unshare"));
            command.addAll(user);
            command.addAll(NAMESPACES);
            var attempt = new ArrayList<>(command);
            attempt.addAll(List.of("ip", "link", "set", "lo", "up"));
            if (Commands.tryRun(attempt).status() == 0) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }

    private static boolean supported() {
        return System.getenv(WHY_NOT) == null && unshare().isPresent();
    }

    private static List<String> command(Class<?> mainClass, String... arguments) {
        var command = new ArrayList<>(unshare().orElseThrow());
        // The first process of a process namespace is the parent of every orphan in it. A shell buries them; a JVM
        // would not.
        command.addAll(List.of("bash", "-c", "\"$@\"; exit $?", "ground"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Its file is named by process id, and outside there is another process of the same.
        command.add("-XX:-UsePerfData");
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", absolute(System.getProperty("java.class.path"))));
        command.addAll(List.of(ParentWatch.class.getName(), mainClass.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String absolute(String classPath) {
        return String.join(
                File.pathSeparator,
                List.of(classPath.split(File.pathSeparator)).stream()
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .toList());
    }

    private static void awaitEnd(Process inner) {
        try {
            if (!inner.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                inner.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

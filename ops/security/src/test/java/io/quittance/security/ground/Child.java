package io.quittance.security.ground;

import io.quittance.harness.HarnessException;
import io.quittance.harness.Reaper;
import io.quittance.harness.child.ParentWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A component in a process of its own, started as its users start it; what it says is in a file. It dies with this JVM.
 *
 * @param log all that it wrote
 */
public record Child(Process process, Path log) {

    /** @param options of the virtual machine */
    static Child start(Reaper reaper, String name, List<String> options, String mainClass, String... arguments) {
        Path log = reaper.directory().resolve(name + ".log");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.net.preferIPv4Stack=true"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ParentWatch.class.getName(), mainClass));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(reaper.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().retainAll(List.of("PATH"));
        try {
            Process process = builder.start();
            reaper.adopt(process.toHandle());
            return new Child(process, log);
        } catch (IOException e) {
            throw new HarnessException(name + " cannot be started", e);
        }
    }

    /** @throws HarnessException if it has ended, with its last lines */
    void requireAlive() {
        if (!process.isAlive()) {
            throw new HarnessException("it ended with " + process.exitValue() + ": " + lastLines());
        }
    }

    public String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new HarnessException("no log", e);
        }
    }

    private String lastLines() {
        List<String> lines = said().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    }
}

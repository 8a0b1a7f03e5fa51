package io.quittance.streams.app;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** An instance in a JVM of its own, started as {@code quittance run} is, to be killed. */
final class ChildInstance implements AutoCloseable {
    private final Process process;

    private ChildInstance(Process process) {
        this.process = process;
    }

    static ChildInstance start(Map<String, String> properties, Path directory) throws IOException {
        Path config = directory.resolve("pipeline.properties");
        var file = new Properties();
        file.putAll(properties);
        try (Writer writer = Files.newBufferedWriter(config)) {
            file.store(writer, null);
        }
        var command = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Djava.net.preferIPv4Stack=true",
                "-cp",
                System.getProperty("java.class.path"),
                Quittance.class.getName(),
                "run",
                "--config",
                config.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("child.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new ChildInstance(process);
    }

    /** As a power cut would: nothing is flushed, nobody is told. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

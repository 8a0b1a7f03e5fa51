package io.quittance.bench.peer.naive;

import io.quittance.bench.contender.Surroundings;
import io.quittance.harness.HarnessException;
import io.quittance.harness.child.ParentWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts {@link NaiveMain} in a JVM like the pipeline's. */
final class NaiveApplication {
    private NaiveApplication() {}

    static Process start(Surroundings surroundings) {
        try {
            Path directory = Files.createDirectories(surroundings.directory());
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx1g",
                            "-Djava.net.preferIPv4Stack=true",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ParentWatch.class.getName(),
                            NaiveMain.class.getName(),
                            surroundings.bootstrapServers(),
                            directory.resolve("state").toString(),
                            Integer.toString(Integer.getInteger("peer.naive.commit", 100)),
                            Integer.toString(Integer.getInteger("peer.naive.threads", 1)))
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("application.log").toFile())
                    .start();
            surroundings.reaper().adopt(process.toHandle());
            return process;
        } catch (IOException e) {
            throw new HarnessException("the naive pipeline cannot be started", e);
        }
    }
}

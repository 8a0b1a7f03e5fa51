package io.quittance.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A distributed Kafka Connect worker in a JVM of its own, run by Kafka's own main class. Its class path is that of this
 * JVM.
 */
public final class ConnectWorkerProcess extends ConnectRest implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(120);

    private final Reaper reaper;
    private final ChildJvm jvm;
    private final Process process;

    private ConnectWorkerProcess(String url, Reaper reaper, ChildJvm jvm, Process process) {
        super(url);
        this.reaper = reaper;
        this.jvm = jvm;
        this.process = process;
    }

    /**
     * Starts a worker. Returns at once: {@link #awaitUp} waits.
     *
     * @param name of its folder in the directory held
     * @param site where it runs
     * @param maxHeap as for {@code -Xmx}
     * @param jvmArguments beyond the usual ones, and stronger than they are
     */
    public static ConnectWorkerProcess start(
            Reaper reaper,
            String name,
            String bootstrapServers,
            ConnectWorker.Options options,
            Site site,
            String maxHeap,
            List<String> jvmArguments) {
        Path directory = Directories.create(reaper.directory().resolve(name));
        String url = "http://%s:%d".formatted(site.host(), site.claim(options.port(), "Kafka Connect"));
        Path file = BrokerProcess.write(
                directory.resolve("worker.properties"), ConnectWorker.properties(bootstrapServers, url, options));
        var jvm = new ChildJvm(
                        name,
                        directory,
                        BrokerProcess.absolute(System.getProperty("java.class.path")),
                        "org.apache.kafka.connect.cli.ConnectDistributed",
                        maxHeap,
                        List.of(file.toString()),
                        Map.of())
                .at(site)
                .withJvmArguments(BrokerProcess.withLogging(directory, jvmArguments))
                .withKeptLog(true);
        return new ConnectWorkerProcess(url, reaper, jvm, jvm.start(reaper));
    }

    /**
     * Returns when the REST API answers.
     *
     * @throws HarnessException when it does not in time, or the process ends
     */
    public void awaitUp() {
        Awaiting.until("Kafka Connect answers", START_LIMIT, () -> {
            jvm.requireAlive(process);
            return answers();
        });
    }

    /** The worker's. */
    public Process process() {
        return process;
    }

    @Override
    public void close() {
        ChildJvm.stop(reaper, process);
    }
}

package io.quittance.streams.app;

import io.quittance.contract.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the brokers again and again which systems have a task topic. While they do not answer, the last answer holds.
 */
final class ReachableSystems implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReachableSystems.class);
    private static final long LIMIT_SECONDS = 10;

    private final Admin admin;
    private final Topics topics;
    private final Consumer<Set<String>> listener;
    private final ScheduledExecutorService poll = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "quittance-reachable-systems");
        thread.setDaemon(true);
        return thread;
    });

    ReachableSystems(Admin admin, Topics topics, Consumer<Set<String>> listener) {
        this.admin = admin;
        this.topics = topics;
        this.listener = listener;
    }

    /**
     * Asks once now, then goes on asking.
     *
     * @throws StartRefused if there is no answer now
     */
    void start(Duration interval) {
        try {
            listener.accept(ask());
        } catch (ExecutionException | TimeoutException failure) {
            throw new StartRefused(
                    List.of(
                            "bootstrap.servers: the brokers do not list their topics; check that this client may describe them."));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartRefused(List.of("The start was interrupted."));
        }
        poll.scheduleWithFixedDelay(this::refresh, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        poll.shutdownNow();
    }

    private void refresh() {
        try {
            listener.accept(ask());
        } catch (ExecutionException | TimeoutException failure) {
            log.atWarn()
                    .addKeyValue("failure", failure.getClass().getSimpleName())
                    .log("the brokers do not list their topics, the last list holds");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Set<String> ask() throws ExecutionException, TimeoutException, InterruptedException {
        String family = topics.tasks("x").substring(0, topics.tasks("x").length() - 1);
        return admin.listTopics().names().get(LIMIT_SECONDS, TimeUnit.SECONDS).stream()
                .filter(name -> name.startsWith(family))
                .map(name -> name.substring(family.length()))
                .filter(Topics::isLegalSystem)
                .collect(Collectors.toSet());
    }
}

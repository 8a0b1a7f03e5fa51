package io.quittance.executor.connect;

import io.quittance.contract.ContractSerdes;
import io.quittance.contract.Topics;
import io.quittance.executor.BuildVersion;
import io.quittance.executor.DataSystem;
import io.quittance.executor.ExecutorConfig;
import io.quittance.executor.ExecutorPlugin;
import io.quittance.executor.Pseudonyms;
import io.quittance.executor.grant.Authenticity;
import io.quittance.executor.grant.GrantCheck;
import io.quittance.executor.grant.OrderLog;
import io.quittance.executor.grant.RevokedGrants;
import io.quittance.executor.grant.StandingFreezes;
import io.quittance.executor.run.Lanes;
import io.quittance.executor.run.Publisher;
import io.quittance.executor.run.RetrySettings;
import io.quittance.executor.run.TaskDesk;
import io.quittance.executor.run.TaskExecution;
import io.quittance.executor.run.TaskReader;
import io.quittance.executor.run.Window;
import io.quittance.schema.Freeze;
import io.quittance.schema.Revocation;
import io.quittance.schema.Task;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running executor, put together from its configuration. */
final class Executor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Executor.class);
    /** Connect gives a stopping task 5 s in all; the clients need some of it. */
    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    private static final Duration AFTER_INTERRUPT = Duration.ofMillis(1_000);

    private final Window window;
    private final TaskDesk desk;
    private final Deque<AutoCloseable> resources;

    private Executor(Window window, TaskDesk desk, Deque<AutoCloseable> resources) {
        this.window = window;
        this.desk = desk;
        this.resources = resources;
    }

    /** @param onBroken told when the executor cannot go on */
    static Executor open(ExecutorPlugin plugin, ExecutorConfig config, Clock clock, Consumer<Throwable> onBroken) {
        Deque<AutoCloseable> resources = new ArrayDeque<>();
        try {
            return open(plugin, config, clock, onBroken, resources);
        } catch (RuntimeException failed) {
            closeAll(resources);
            throw failed;
        }
    }

    private static Executor open(
            ExecutorPlugin plugin,
            ExecutorConfig config,
            Clock clock,
            Consumer<Throwable> onBroken,
            Deque<AutoCloseable> resources) {
        Topics topics = config.topics();
        String name = "quittance-" + plugin.name() + "-" + config.system();
        String component = "quittance-" + plugin.name() + " " + BuildVersion.get();
        Pseudonyms pseudonyms = config.pseudonyms();
        Authenticity authenticity = Authenticities.of(config);
        resources.push(authenticity);

        DataSystem dataSystem = plugin.createSystem(config, clock);
        resources.push(dataSystem);
        OrderLog orders = new OrderLog(
                Clients.orderConsumer(config, name),
                Clients.orderEnds(config, name),
                new RevokedGrants(
                        topics.revocations(),
                        ContractSerdes.of(Revocation.class, config.serdes()).deserializer(),
                        clock),
                new StandingFreezes(
                        topics.freezes(),
                        ContractSerdes.of(Freeze.class, config.serdes()).deserializer(),
                        clock),
                config.revocationsTimeout(),
                name + "-orders");
        resources.push(orders);
        Publisher publisher = new Publisher(Clients.producer(config, name), topics.completions(), topics.deadLetters());
        resources.push(publisher);

        TaskExecution execution = new TaskExecution(
                dataSystem,
                new GrantCheck(config.system(), config.clockSkew(), clock, orders, authenticity),
                pseudonyms,
                new RetrySettings(config.tries(), config.retryDelay(), config.longestRetryDelay()),
                config.largestTask(),
                component,
                clock);
        TaskReader reader = new TaskReader(
                ContractSerdes.of(Task.class, config.serdes()).deserializer(),
                component,
                config.deadLetterPayload(),
                clock);
        Window window = new Window(config.window());
        TaskDesk desk = new TaskDesk(window, new Lanes(config.threads(), name, onBroken), reader, execution, publisher);
        return new Executor(window, desk, resources);
    }

    Window window() {
        return window;
    }

    TaskDesk desk() {
        return desk;
    }

    @Override
    public void close() {
        if (!desk.stop(PATIENCE, AFTER_INTERRUPT)) {
            log.warn("work still running at stop; it will be redelivered");
        }
        closeAll(resources);
    }

    private static void closeAll(Deque<AutoCloseable> resources) {
        while (!resources.isEmpty()) {
            AutoCloseable resource = resources.pop();
            try {
                resource.close();
            } catch (Exception unclosed) { // One that does not close must not keep the others open.
                log.atWarn()
                        .addKeyValue("resource", resource.getClass().getName())
                        .addKeyValue("error", unclosed.getClass().getName())
                        .log("resource not closed");
            }
        }
    }
}

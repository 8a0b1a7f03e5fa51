package io.quittance.streams.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.quittance.streams.codec.RowHeader;
import io.quittance.streams.domain.Refusal;
import io.quittance.streams.domain.limit.LimitUse;
import io.quittance.streams.domain.model.RequestState;
import io.quittance.streams.processor.Telemetry;
import io.quittance.streams.state.DocketGauges;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Counts what the pipeline does. A count may run ahead of the log where a transaction was aborted and its records came
 * again; the gauges follow the stores.
 */
public final class PipelineMetrics implements Telemetry {
    private static final List<RequestState> OPEN = List.of(
            RequestState.AWAITING_VERIFICATION,
            RequestState.AWAITING_APPROVAL,
            RequestState.QUEUED,
            RequestState.EXECUTING,
            RequestState.AWAITING_REVIEW);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<String, DocketGauges> tasks = new ConcurrentHashMap<>();
    private final Map<String, List<LimitUse>> limiter = new ConcurrentHashMap<>();
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Clock clock;
    private final Counter repeats;
    private final Counter forwards;
    private final Counter timers;
    private final Timer approvalToTask;

    public PipelineMetrics(Clock clock) {
        this.clock = clock;
        repeats = counter("quittance.repeats", "Commands that had been taken into account before.");
        forwards = counter("quittance.forwarded", "Records sent on to their right key.");
        timers = counter("quittance.timers.run", "Dockets looked at because time had come.");
        approvalToTask = Timer.builder("quittance.approval.to.task")
                .description("From the approval that was enough to the task it releases.")
                .serviceLevelObjectives(
                        Duration.ofMillis(10),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        Duration.ofHours(1))
                .register(registry);
        OPEN.forEach(this::gaugeOpen);
        gauge("quittance.oldest.open.seconds", "Age of the longest open request.", metrics -> metrics.oldestSeconds());
        gauge(
                "quittance.deadlines.near",
                "Open requests that the law wants answered soon.",
                metrics -> metrics.sum(DocketGauges::deadlineNear));
        gauge(
                "quittance.deadlines.missed",
                "Open requests that were not answered in the time the law gives.",
                metrics -> metrics.sum(DocketGauges::deadlineMissed));
        gauge("quittance.frozen", "Dockets that wait for a freeze.", metrics -> metrics.sum(DocketGauges::frozen));
        gauge("quittance.timers", "Dockets that wait for time.", metrics -> metrics.sum(DocketGauges::timers));
        gauge(
                "quittance.timers.overdue",
                "Dockets whose time has come and that were not looked at yet.",
                metrics -> metrics.sum(gauges -> gauges.timersOverdue(metrics.clock.millis())));
    }

    /**
     * Adds whether this instance takes part in the work. While it does not, the other gauges know nothing of its share:
     * they show what nobody has counted as nothing.
     */
    public void watchState(Supplier<KafkaStreams.State> state) {
        Gauge.builder("quittance.running", () -> state.get() == KafkaStreams.State.RUNNING ? 1 : 0)
                .description("Whether this instance takes part in the work, as /health/ready says.")
                .register(registry);
    }

    /** Adds how many records of each topic have not been read yet, as the consumers know it. */
    public void watchLag(Collection<String> topics, Supplier<Map<MetricName, ? extends Metric>> clientMetrics) {
        topics.forEach(topic -> Gauge.builder("quittance.lag.records", () -> lag(topic, clientMetrics.get()))
                .description("Records that this instance has still to read.")
                .tag("topic", topic)
                .register(registry));
    }

    /** Adds whether there is a policy to judge by, and how many systems the data map has. */
    public void watchReferenceData(Supplier<Boolean> hasPolicy, Supplier<Integer> systems) {
        Gauge.builder("quittance.policy.present", () -> hasPolicy.get() ? 1 : 0)
                .description("Whether there is a policy; without one every request is denied.")
                .register(registry);
        Gauge.builder("quittance.systems", systems::get)
                .description("Systems in the data map.")
                .register(registry);
    }

    /** Adds how many freezes are in force. */
    public void watchFreezes(Supplier<Integer> inForce) {
        Gauge.builder("quittance.freezes", inForce::get)
                .description("Freezes in force, as this instance knows them.")
                .register(registry);
    }

    /** In Prometheus' text format. */
    public String scrape() {
        return registry.scrape();
    }

    public void close() {
        registry.close();
    }

    @Override
    public void refused(Refusal why) {
        registry.counter("quittance.refusals", "code", why.name()).increment();
    }

    @Override
    public void repeated() {
        repeats.increment();
    }

    @Override
    public void deadLettered(String code) {
        registry.counter("quittance.dead.letters", "code", code).increment();
    }

    @Override
    public void forwarded() {
        forwards.increment();
    }

    @Override
    public void timerRan() {
        timers.increment();
    }

    @Override
    public void approvalToTask(Duration took) {
        approvalToTask.record(took.isNegative() ? Duration.ZERO : took);
    }

    @Override
    public void opened(String task, DocketGauges dockets) {
        tasks.put(task, dockets);
    }

    @Override
    public void closed(String task, DocketGauges dockets) {
        tasks.remove(task, dockets);
    }

    @Override
    public void limiterUse(String task, List<LimitUse> use) {
        limiter.put(task, use);
        use.forEach(limit -> {
            if (known.add(limit.limit())) {
                gaugeLimit("quittance.limit.held", limit.limit(), "Attempts out under a limit.", LimitUse::held);
                gaugeLimit("quittance.limit.waiting", limit.limit(), "Claims that wait for it.", LimitUse::waiting);
                gaugeLimit("quittance.limit.started", limit.limit(), "Counted by its rate now.", LimitUse::started);
            }
        });
    }

    @Override
    public void limiterClosed(String task) {
        limiter.remove(task);
    }

    /** Zero where the limiter is not kept, and for a limit that is no more: the sum over all instances is right. */
    private void gaugeLimit(String name, String limit, String description, ToDoubleFunction<LimitUse> value) {
        Gauge.builder(
                        name,
                        limiter,
                        all -> all.values().stream()
                                .flatMap(List::stream)
                                .filter(use -> use.limit().equals(limit))
                                .mapToDouble(value)
                                .sum())
                .description(description)
                .tag("limit", limit)
                .register(registry);
    }

    private void gaugeOpen(RequestState state) {
        Gauge.builder("quittance.open.requests", this, metrics -> metrics.sum(gauges -> gauges.open(state)))
                .description("Open requests by state.")
                .tag("state", state.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private void gauge(String name, String description, ToDoubleFunction<PipelineMetrics> value) {
        Gauge.builder(name, this, value).description(description).register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private double sum(ToDoubleFunction<DocketGauges> value) {
        return tasks.values().stream().mapToDouble(value).sum();
    }

    private double oldestSeconds() {
        long oldest = tasks.values().stream()
                .mapToLong(DocketGauges::oldestOpen)
                .min()
                .orElse(RowHeader.NEVER);
        return oldest == RowHeader.NEVER ? 0 : (clock.millis() - oldest) / 1000.0;
    }

    private static double lag(String topic, Map<MetricName, ? extends Metric> metrics) {
        return metrics.entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("records-lag")
                        && topic.equals(metric.getKey().tags().get("topic")))
                .mapToDouble(metric -> number(metric.getValue().metricValue()))
                .sum();
    }

    private static double number(Object value) {
        return value instanceof Number number && !Double.isNaN(number.doubleValue()) ? number.doubleValue() : 0;
    }
}

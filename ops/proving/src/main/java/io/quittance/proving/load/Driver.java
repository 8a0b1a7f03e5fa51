package io.quittance.proving.load;

import io.quittance.proving.ground.Ground;
import io.quittance.proving.history.Act;
import io.quittance.proving.history.Act.Kind;
import io.quittance.proving.history.HistoryDirectory;
import io.quittance.proving.history.JsonLines;
import io.quittance.proving.history.Place;
import io.quittance.proving.load.Letter.Note;
import io.quittance.schema.Action;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.RequestState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a known mix of requests at an open rate: whatever is broken, requests keep coming as they would. Answers
 * prompts, notes everything, and can say when all has come to rest.
 */
public final class Driver implements Stage, Probe, Disturbance, AutoCloseable {
    /** A flood is many times the load, and yet must be worked off before the run ends. */
    private static final int FLOOD_PER_SECOND = 300;

    private static final Duration FREEZE_EVERY = Duration.ofSeconds(25);
    private static final Duration FREEZE_FOR = Duration.ofSeconds(3);
    private static final int THREADS = 3;

    private static final String DUPLICATE = "CANCELLED:DUPLICATE_OF_OPEN";

    private final Options options;
    private final Clock clock;
    private final Ids ids;
    private final Events events;
    private final JsonLines.Writer<Act> acts;
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(THREADS);
    private final Outbox outbox;
    private final Observer observer;
    private final Approvers approvers;
    private final Garbage garbage = new Garbage(this);
    private final Stories stories = new Stories(this);
    private final Casting casting;
    private final AtomicInteger later = new AtomicInteger();
    private final AtomicLong restNotBefore = new AtomicLong();
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final Map<String, CompletableFuture<Instant>> probes = new ConcurrentHashMap<>();
    private volatile @Nullable RuntimeException broken;
    private @Nullable ScheduledFuture<?> load;
    private @Nullable ScheduledFuture<?> freezes;

    /**
     * What is published.
     *
     * @param seed decides the mix
     * @param perSecond stories begun in a second
     * @param people how many there are to ask about
     */
    public record Options(long seed, double perSecond, int people) {}

    /** @param history told of every act */
    public Driver(Ground ground, HistoryDirectory history, Options options, Clock clock) {
        this.options = options;
        this.clock = clock;
        this.ids = new Ids(options.seed());
        this.casting = new Casting(options.seed(), options.people());
        this.events = new Events(ground.registryUrl(), ids, clock);
        this.acts = JsonLines.writer(history.acts(), Act.class);
        this.outbox = new Outbox(ground.bootstrapServers(), acts, scheduler, clock);
        this.approvers = new Approvers(this, scheduler, step -> () -> carefully(step));
        this.observer = new Observer(
                ground.bootstrapServers(),
                ground.registryUrl(),
                events,
                acts,
                clock,
                approvers::prompted,
                this::closed,
                this::broke);
        new Filler(ground, history).fill(options.seed(), options.people());
        events.warmUp(Person.of(options.seed(), 0));
        observer.start();
    }

    /** Begins with the load. */
    public void start() {
        long nanos = (long) (1_000_000_000 / options.perSecond());
        load = scheduler.scheduleAtFixedRate(() -> carefully(this::next), nanos, nanos, TimeUnit.NANOSECONDS);
        freezes = scheduler.scheduleAtFixedRate(
                () -> carefully(this::freeze), FREEZE_EVERY.toMillis(), FREEZE_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Begins nothing new; what was begun goes on. */
    public void stop() {
        cancel(load);
        cancel(freezes);
    }

    /** @throws IllegalStateException if the driver itself broke: then the run proves nothing */
    public void ensureSound() {
        RuntimeException failure = broken;
        if (failure != null) {
            throw new IllegalStateException("the driver broke, so that this run proves nothing", failure);
        }
    }

    /** Requests that were published and are not closed. */
    public int open() {
        return open.size();
    }

    /** Whether nothing is going on any more: nobody has anything to say, and every request is closed. */
    public boolean isAtRest() {
        return clock.millis() >= restNotBefore.get()
                && open.isEmpty()
                && later.get() == 0
                && outbox.unacknowledged() == 0
                && observer.openPrompts() == 0;
    }

    @Override
    public int partitions() {
        return Estate.PARTITIONS;
    }

    /** Under no limit, so that what is measured is recovery and not a queue. */
    @Override
    public CompletableFuture<Instant> submit(int partition) {
        var fulfilled = new CompletableFuture<Instant>();
        var ask = new Ask(this, StoryKind.PROBE, casting.nextProbed(partition), Action.ACCESS, "auto", "prober")
                .expecting(List.of("FULFILLED", "EXPIRED:GRANT_EXPIRED"));
        probes.put(ask.requestId(), fulfilled);
        scheduler.execute(ask::publish);
        return fulfilled;
    }

    @Override
    public Flood flood() {
        var flooding = new Random(options.seed());
        long nanos = 1_000_000_000L / FLOOD_PER_SECOND;
        ScheduledFuture<?> flood =
                scheduler.scheduleAtFixedRate(() -> carefully(() -> drop(flooding)), 0, nanos, TimeUnit.NANOSECONDS);
        return () -> cancel(flood);
    }

    /** Most of a flood is asked in vain, as floods are. */
    private void drop(Random flooding) {
        boolean inVain = flooding.nextInt(20) != 0;
        new Ask(
                        this,
                        StoryKind.FLOOD,
                        casting.nextFlooded(),
                        inVain ? Action.DELETE : Action.ACCESS,
                        inVain ? "unheard-of" : "auto",
                        "flooder")
                .expecting(
                        inVain
                                ? List.of("DENIED", DUPLICATE)
                                : List.of("FULFILLED", "EXPIRED:GRANT_EXPIRED", DUPLICATE))
                .permitting(!inVain)
                .publish();
    }

    @Override
    public void poison(long seed) {
        garbage.poison(new Random(seed));
    }

    @Override
    public Ids ids() {
        return ids;
    }

    @Override
    public Events events() {
        return events;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public Garbage garbage() {
        return garbage;
    }

    @Override
    public Person nextPerson() {
        return casting.nextPerson();
    }

    @Override
    public void answer(String requestId, Script script) {
        approvers.learn(requestId, script);
    }

    @Override
    public void submitted(String requestId) {
        if (!observer.isClosed(requestId)) {
            open.add(requestId);
        }
    }

    @Override
    public void expectNothingBefore(Duration fromNow) {
        restNotBefore.accumulateAndGet(clock.millis() + fromNow.toMillis(), Math::max);
    }

    @Override
    public void after(CompletableFuture<Place> acknowledged, int afterMs, Runnable then) {
        later.incrementAndGet();
        acknowledged.thenRun(() -> scheduler.schedule(
                () -> {
                    try {
                        carefully(then);
                    } finally {
                        later.decrementAndGet();
                    }
                },
                afterMs,
                TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
        cancel(load);
        cancel(freezes);
        outbox.close();
        scheduler.shutdownNow();
        observer.close();
        acts.close();
    }

    private void next() {
        Random story = casting.nextStory();
        stories.play(StoryKind.any(story), story);
    }

    private void freeze() {
        String name = "freeze-" + ids.next();
        String system = casting.nextFrozen();
        Note frozen = freezing(Kind.FROZEN, name).with("systems", system);
        CompletableFuture<Place> placed =
                outbox.send(Letter.keyed(events.topics.freezes(), name, events.freeze(name, system), frozen));
        after(
                placed,
                Math.toIntExact(FREEZE_FOR.toMillis()),
                () -> outbox.send(Letter.keyed(events.topics.freezes(), name, null, freezing(Kind.THAWED, name))));
    }

    private static Note freezing(Kind kind, String name) {
        return new Note(kind, null, null, StoryKind.FREEZE.name(), List.of(), Map.of("name", name));
    }

    private void closed(AuditRecord audit) {
        open.remove(audit.getRequestId());
        approvers.forget(audit.getRequestId());
        CompletableFuture<Instant> probe = probes.remove(audit.getRequestId());
        if (probe != null && audit.getState() == RequestState.FULFILLED) {
            probe.complete(clock.instant());
        }
    }

    /** An executor keeps a failure to itself. */
    private void carefully(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException failure) {
            broke(failure);
            throw failure;
        }
    }

    private void broke(RuntimeException failure) {
        broken = failure;
    }

    private static void cancel(@Nullable ScheduledFuture<?> going) {
        if (going != null) {
            going.cancel(false);
        }
    }
}

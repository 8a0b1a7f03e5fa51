package io.quittance.proving.nemesis;

import io.quittance.harness.HarnessException;
import io.quittance.proving.ground.Ground;
import io.quittance.proving.history.FaultEvent;
import io.quittance.proving.load.Disturbance;
import io.quittance.proving.load.Probe;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Breaks the ground in rounds: some faults at once, all of which heal; then it waits until the pipeline works again,
 * and a while longer. What it does follows from the seed alone, and not from how the ground takes it; all of it is
 * written down, and so is who ends without being ended.
 */
public final class Nemesis implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Nemesis.class);
    private static final int ALONE_OUT_OF = 3;
    private static final int TRIES = 10;

    private final Ground ground;
    private final NemesisOptions options;
    private final Clock clock;
    private final Random dice;
    private final Deck deck;
    private final Injections injections;
    private final Recovery recovery;
    private final Diary diary;
    private final Supervisor supervisor;
    private final List<Fault> possible;
    private final Set<Injection> failed = ConcurrentHashMap.newKeySet();
    private final ExecutorService hands = Executors.newCachedThreadPool();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Episode> episodes = new ArrayList<>();

    /**
     * @param diary told of each begin, end and recovery
     * @param supervisor starts again who ends meanwhile
     * @throws IllegalArgumentException when the machine allows none of the faults chosen
     */
    public Nemesis(
            Ground ground,
            Disturbance disturbance,
            Probe probe,
            NemesisOptions options,
            Diary diary,
            Supervisor supervisor,
            Clock clock) {
        this.ground = ground;
        this.options = options;
        this.clock = clock;
        this.dice = new Random(options.seed());
        this.injections = new Injections(ground, disturbance, dice);
        this.recovery = new Recovery(probe, options.patience());
        this.diary = diary;
        this.supervisor = supervisor;
        this.possible = possible();
        this.deck = new Deck(possible, dice);
    }

    /**
     * Goes on for this long. Returns when the last fault has healed and the pipeline has recovered, or not in time.
     *
     * @param more how much longer at most, while a kind that the machine allows has not been: it may be slow
     * @throws HarnessException when a part does not come back: then the run is worth nothing
     */
    public List<Episode> run(Duration length, Duration more) {
        Instant end = clock.instant().plus(length);
        Instant latest = end.plus(more);
        while (!isStopped(options.calm()) && clock.instant().isBefore(hasBeenAll() ? end : latest)) {
            round(choose());
        }
        return List.copyOf(episodes);
    }

    private boolean hasBeenAll() {
        return episodes.stream()
                .filter(episode -> !episode.failed())
                .map(Episode::fault)
                .collect(Collectors.toSet())
                .containsAll(possible);
    }

    /** Ends {@link #run} early, on another thread: after the round that is under way. */
    public void stop() {
        stopped.countDown();
    }

    @Override
    public void close() {
        stop();
        hands.shutdownNow();
    }

    private List<Fault> possible() {
        var possible = new ArrayList<Fault>();
        for (Fault fault : options.faults().stream().sorted().toList()) {
            Optional<String> refusal = Injections.refusal(fault, ground);
            if (refusal.isEmpty()) {
                possible.add(fault);
            } else {
                diary.write(fault.id(), null, FaultEvent.SKIPPED, refusal.get());
            }
        }
        if (possible.isEmpty()) {
            throw new IllegalArgumentException("this machine allows none of the faults chosen");
        }
        return possible;
    }

    private List<Injection> choose() {
        int wanted = dice.nextInt(ALONE_OUT_OF) == 0 ? 1 : options.atOnce();
        var chosen = new ArrayList<Injection>();
        chosen.add(injections.next(deck.deal()));
        for (int i = 1; i < wanted; i++) {
            Fault fault = deck.deal();
            beside(chosen, fault).ifPresentOrElse(chosen::add, () -> deck.putBack(fault));
        }
        return chosen;
    }

    /** The fault with a victim that the others leave alone, if chance finds one. */
    private Optional<Injection> beside(List<Injection> others, Fault fault) {
        for (int i = 0; i < TRIES; i++) {
            Injection candidate = injections.next(fault);
            if (others.stream().noneMatch(candidate::touches)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** They end together, so that each has the same time to recover from. */
    private void round(List<Injection> chosen) {
        supervisor.look("in the calm");
        supervisor.restart();
        failed.clear();
        Duration length =
                chosen.stream().map(Injection::length).max(Duration::compareTo).orElseThrow();
        List<Instant> began = atOnce(chosen, this::begin);
        isStopped(length);
        supervisor.lookDuring(chosen);
        List<Instant> ended = atOnce(chosen, this::end);
        supervisor.look(chosen, "at the end");
        supervisor.restart();
        Optional<Instant> recovered = recovery.await();
        supervisor.look(chosen, "in recovery");
        supervisor.restart();
        for (int i = 0; i < chosen.size(); i++) {
            Injection injection = chosen.get(i);
            recovered.ifPresent(
                    at -> diary.write(at, injection.fault().id(), injection.target(), FaultEvent.RECOVERED, null));
            episodes.add(new Episode(
                    injection.fault(),
                    injection.target(),
                    began.get(i),
                    ended.get(i),
                    failed.contains(injection),
                    recovered));
        }
    }

    private Instant begin(Injection injection) {
        Instant began = write(injection, FaultEvent.BEGIN, injection.detail());
        try {
            injection.begin().take();
        } catch (HarnessException disturbedByAnotherFault) {
            // Such as an upgraded instance that does not come up without what the other fault took. The end mends it.
            LOG.atWarn()
                    .setCause(disturbedByAnotherFault)
                    .addKeyValue("fault", injection.fault())
                    .log("a fault did not go as planned");
            fail(injection, String.valueOf(disturbedByAnotherFault.getMessage()));
        }
        return began;
    }

    private Instant end(Injection injection) {
        injection.end().take();
        injection.shortfall().get().ifPresent(why -> fail(injection, why));
        return write(injection, FaultEvent.END, null);
    }

    private void fail(Injection injection, String why) {
        failed.add(injection);
        write(injection, FaultEvent.FAILED, why);
    }

    private List<Instant> atOnce(List<Injection> injections, Function<Injection, Instant> step) {
        var steps = injections.stream()
                .map(injection -> CompletableFuture.supplyAsync(() -> step.apply(injection), hands))
                .toList();
        try {
            return steps.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private boolean isStopped(Duration after) {
        try {
            return stopped.await(after.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private Instant write(Injection injection, String phase, @Nullable String detail) {
        return diary.write(injection.fault().id(), injection.target(), phase, detail);
    }
}

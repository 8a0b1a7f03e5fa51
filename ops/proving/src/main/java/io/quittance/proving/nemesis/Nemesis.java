package io.quittance.proving.nemesis;

import io.quittance.harness.HarnessException;
import io.quittance.proving.ground.Ground;
import io.quittance.proving.ground.Part;
import io.quittance.proving.history.FaultEvent;
import io.quittance.proving.history.JsonLines;
import io.quittance.proving.load.Disturbance;
import io.quittance.proving.load.Probe;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
 * written down.
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
    private final JsonLines.Writer<FaultEvent> diary;
    private final ExecutorService hands = Executors.newCachedThreadPool();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Episode> episodes = new ArrayList<>();

    /**
     * @param diary the file that each begin, end and recovery is written to
     * @throws IllegalArgumentException when the machine allows none of the faults chosen
     */
    public Nemesis(
            Ground ground, Disturbance disturbance, Probe probe, NemesisOptions options, Path diary, Clock clock) {
        this.ground = ground;
        this.options = options;
        this.clock = clock;
        this.dice = new Random(options.seed());
        this.injections = new Injections(ground, disturbance, dice);
        this.recovery = new Recovery(probe, options.patience());
        this.diary = JsonLines.writer(diary, FaultEvent.class);
        this.deck = new Deck(possible(), dice);
    }

    /**
     * Goes on for this long. Returns when the last fault has healed and the pipeline has recovered, or not in time.
     *
     * @throws HarnessException when a part does not come back: then the run is worth nothing
     */
    public List<Episode> run(Duration length) {
        Instant end = clock.instant().plus(length);
        while (!isStopped(options.calm()) && clock.instant().isBefore(end)) {
            round(choose());
        }
        return List.copyOf(episodes);
    }

    /** Ends {@link #run} early, on another thread: after the round that is under way. */
    public void stop() {
        stopped.countDown();
    }

    @Override
    public void close() {
        stop();
        hands.shutdownNow();
        diary.close();
    }

    private List<Fault> possible() {
        var possible = new ArrayList<Fault>();
        for (Fault fault : options.faults().stream().sorted().toList()) {
            Optional<String> refusal = Injections.refusal(fault, ground);
            if (refusal.isEmpty()) {
                possible.add(fault);
            } else {
                write(fault, null, FaultEvent.SKIPPED, refusal.get());
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
        Duration length =
                chosen.stream().map(Injection::length).max(Duration::compareTo).orElseThrow();
        List<Instant> began = atOnce(chosen, this::begin);
        Set<Part> down = dead();
        isStopped(length);
        Set<Part> ownDeaths = new LinkedHashSet<>(dead());
        ownDeaths.removeAll(down);
        String detail = ownDeaths.isEmpty() ? null : "had ended by themselves: " + ownDeaths;
        List<Instant> ended = atOnce(chosen, injection -> end(injection, detail));
        dead().forEach(Part::start);
        Optional<Instant> recovered = recovery.await();
        for (int i = 0; i < chosen.size(); i++) {
            Injection injection = chosen.get(i);
            recovered.ifPresent(at -> write(at, injection.fault(), injection.target(), FaultEvent.RECOVERED, null));
            episodes.add(new Episode(injection.fault(), injection.target(), began.get(i), ended.get(i), recovered));
        }
    }

    private Instant begin(Injection injection) {
        Instant began = write(injection.fault(), injection.target(), FaultEvent.BEGIN, injection.detail());
        try {
            injection.begin().take();
        } catch (HarnessException disturbedByAnotherFault) {
            // Such as an upgraded instance that does not come up without what the other fault took. The end mends it.
            LOG.atWarn()
                    .setCause(disturbedByAnotherFault)
                    .addKeyValue("fault", injection.fault())
                    .log("a fault did not go as planned");
            write(injection.fault(), injection.target(), FaultEvent.FAILED, disturbedByAnotherFault.getMessage());
        }
        return began;
    }

    private Instant end(Injection injection, @Nullable String detail) {
        injection.end().take();
        return write(injection.fault(), injection.target(), FaultEvent.END, detail);
    }

    /** Who supervises processes starts those again that end by themselves. */
    private Set<Part> dead() {
        return ground.parts().stream()
                .filter(part -> !part.alive())
                .collect(Collectors.toCollection(LinkedHashSet::new));
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

    private Instant write(Fault fault, @Nullable String target, String phase, @Nullable String detail) {
        Instant now = clock.instant();
        write(now, fault, target, phase, detail);
        return now;
    }

    private void write(Instant at, Fault fault, @Nullable String target, String phase, @Nullable String detail) {
        diary.write(new FaultEvent(at.toEpochMilli(), fault.id(), target, phase, detail));
    }
}

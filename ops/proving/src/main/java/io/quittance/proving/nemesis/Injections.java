package io.quittance.proving.nemesis;

import io.quittance.proving.ground.FaultyWire;
import io.quittance.proving.ground.Ground;
import io.quittance.proving.ground.OwnClock;
import io.quittance.proving.ground.Part;
import io.quittance.proving.ground.Part.Kind;
import io.quittance.proving.ground.StateDirectory;
import io.quittance.proving.load.Disturbance;
import io.quittance.proving.nemesis.Injection.Step;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Makes faults of their kinds: chooses the victim, how long and how bad. All chance comes from the dice. */
final class Injections {
    private static final List<List<Kind>> CONNECTED = List.of(
            List.of(Kind.APP, Kind.BROKER),
            List.of(Kind.WORKER, Kind.BROKER),
            List.of(Kind.BROKER, Kind.BROKER),
            List.of(Kind.WORKER, Kind.POSTGRES),
            List.of(Kind.WORKER, Kind.S3),
            List.of(Kind.APP, Kind.REGISTRY),
            List.of(Kind.WORKER, Kind.REGISTRY));

    /** ENOSPC, in the words of the C library, which Java and RocksDB repeat. */
    private static final String NO_SPACE = "No space left on device";

    private final Ground ground;
    private final Disturbance disturbance;
    private final Leaders leaders;
    private final Random dice;

    Injections(Ground ground, Disturbance disturbance, Random dice) {
        this.ground = ground;
        this.disturbance = disturbance;
        this.leaders = new Leaders(ground.bootstrapServers());
        this.dice = dice;
    }

    /** Why this machine does not allow it; empty where it does. */
    static Optional<String> refusal(Fault fault, Ground ground) {
        return switch (fault) {
            case PARTITION -> ground.abilities().network();
            case DISK_FULL -> ground.abilities().mounts();
            case CLOCK_STEP -> ground.abilities().clock();
            case KILL_BROKER,
                    KILL_APP,
                    KILL_WORKER,
                    KILL_POSTGRES,
                    KILL_S3,
                    KILL_REGISTRY,
                    PAUSE_APP,
                    PAUSE_BROKER,
                    PAUSE_WORKER,
                    LEADER_LOSS,
                    STATE_LOST,
                    SLOW_TARGET,
                    COMMIT_THEN_DROP,
                    REGISTRY_DOWN,
                    ROLLING_UPGRADE,
                    FLOOD,
                    POISON -> Optional.empty();
        };
    }

    Injection next(Fault fault) {
        return switch (fault) {
            case KILL_BROKER -> kill(fault, Kind.BROKER);
            case KILL_APP -> kill(fault, Kind.APP);
            case KILL_WORKER -> kill(fault, Kind.WORKER);
            case KILL_POSTGRES -> kill(fault, Kind.POSTGRES);
            case KILL_S3 -> kill(fault, Kind.S3);
            case KILL_REGISTRY -> kill(fault, Kind.REGISTRY);
            case PAUSE_APP -> pause(fault, Kind.APP);
            case PAUSE_BROKER -> pause(fault, Kind.BROKER);
            case PAUSE_WORKER -> pause(fault, Kind.WORKER);
            case LEADER_LOSS -> leaderLoss();
            case PARTITION -> partition();
            case DISK_FULL -> diskFull();
            case STATE_LOST -> stateLost();
            case SLOW_TARGET -> slowTarget();
            case COMMIT_THEN_DROP -> commitThenDrop();
            case REGISTRY_DOWN -> registryDown();
            case CLOCK_STEP -> clockStep();
            case ROLLING_UPGRADE -> rollingUpgrade();
            case FLOOD -> flood();
            case POISON -> poison();
        };
    }

    private Injection kill(Fault fault, Kind kind) {
        Part part = any(kind);
        Duration away = seconds(0, 5);
        return new Injection(
                fault, touched(part), "away for " + away.toSeconds() + " s", away, part::kill, part::start);
    }

    /** Longer than whoever waits for it waits. */
    private Injection pause(Fault fault, Kind kind) {
        Part part = any(kind);
        Duration still = ground.standstill().plus(seconds(2, 8));
        return new Injection(
                fault, touched(part), "for %d s".formatted(still.toSeconds()), still, part::pause, part::resume);
    }

    private Injection leaderLoss() {
        int by = 1 + dice.nextInt(2);
        return new Injection(
                Fault.LEADER_LOSS,
                Set.of(Injection.BROKERS),
                "by %d of 3".formatted(by),
                seconds(1, 3),
                () -> leaders.move(by),
                Step.nothing());
    }

    private Injection partition() {
        List<Kind> kinds = CONNECTED.get(dice.nextInt(CONNECTED.size()));
        Part one = any(kinds.get(0));
        Part other = any(kinds.get(1));
        while (other == one) {
            other = any(kinds.get(1));
        }
        Part far = other;
        var touched = new HashSet<>(touched(one));
        touched.addAll(touched(far));
        var dropped = new AtomicLong();
        Duration length = seconds(8, 20);
        return new Injection(
                Fault.PARTITION,
                touched,
                "%s from %s for %d s".formatted(one.name(), far.name(), length.toSeconds()),
                length,
                () -> ground.cut(one, far),
                () -> dropped.set(ground.mend(one, far)),
                () -> dropped.get() > 0 ? Optional.empty() : Optional.of("neither sent the other anything"));
    }

    private Injection diskFull() {
        Part app = any(Kind.APP);
        StateDirectory state = ground.stateOf(app);
        var said = new LogTail(app);
        // What is stored stays in memory for a minute or so, and only then needs room.
        Duration length = seconds(15, 25);
        return new Injection(
                Fault.DISK_FULL,
                touched(app),
                "for %d s".formatted(length.toSeconds()),
                length,
                () -> {
                    said.begin();
                    state.fill();
                },
                () -> state.drain(),
                () -> !app.alive() || said.holds(NO_SPACE)
                        ? Optional.empty()
                        : Optional.of("nothing was to be written meanwhile"));
    }

    private Injection stateLost() {
        Part app = any(Kind.APP);
        return new Injection(
                Fault.STATE_LOST,
                touched(app),
                "all stores",
                seconds(0, 3),
                () -> {
                    app.kill();
                    ground.stateOf(app).lose();
                },
                () -> app.start());
    }

    private Injection slowTarget() {
        FaultyWire wire = ground.wire();
        Duration each = Duration.ofMillis(100 + 50L * dice.nextInt(10));
        var before = new AtomicInteger();
        return new Injection(
                Fault.SLOW_TARGET,
                Set.of("wire"),
                "each answer %d ms later".formatted(each.toMillis()),
                seconds(8, 20),
                () -> {
                    before.set(wire.delayed());
                    wire.delay(each);
                },
                () -> wire.delay(Duration.ZERO),
                () -> wire.delayed() > before.get() ? Optional.empty() : Optional.of("no answer came by"));
    }

    private Injection commitThenDrop() {
        FaultyWire wire = ground.wire();
        int every = 1 + dice.nextInt(3);
        var before = new AtomicInteger();
        return new Injection(
                Fault.COMMIT_THEN_DROP,
                Set.of("wire"),
                "one commit in " + every,
                seconds(5, 12),
                () -> {
                    before.set(wire.dropped());
                    wire.dropCommits(every);
                },
                () -> wire.dropCommits(0),
                () -> wire.dropped() > before.get() ? Optional.empty() : Optional.of("no commit came by"));
    }

    private Injection registryDown() {
        Part registry = any(Kind.REGISTRY);
        Duration length = seconds(10, 25);
        return new Injection(
                Fault.REGISTRY_DOWN,
                touched(registry),
                "for %d s".formatted(length.toSeconds()),
                length,
                registry::kill,
                registry::start);
    }

    private Injection clockStep() {
        Part app = any(Kind.APP);
        OwnClock clock = ground.clockOf(app);
        Duration ahead = seconds(5, 60).multipliedBy(dice.nextBoolean() ? 1 : -1);
        return new Injection(
                Fault.CLOCK_STEP,
                touched(app),
                "%+d s".formatted(ahead.toSeconds()),
                seconds(8, 15),
                () -> clock.step(ahead),
                () -> clock.step(Duration.ZERO));
    }

    private Injection rollingUpgrade() {
        List<Part> apps = ground.parts(Kind.APP);
        return new Injection(
                Fault.ROLLING_UPGRADE,
                Set.copyOf(apps.stream().map(Part::name).toList()),
                "one after the other",
                Duration.ZERO,
                () -> apps.forEach(app -> {
                    app.stop();
                    app.start();
                }),
                () -> apps.forEach(Part::start));
    }

    private Injection flood() {
        var flood = new AtomicReference<Disturbance.Flood>();
        Duration length = seconds(3, 8);
        return new Injection(
                Fault.FLOOD,
                Set.of("publisher"),
                "for %d s".formatted(length.toSeconds()),
                length,
                () -> flood.set(disturbance.flood()),
                () -> {
                    Disturbance.Flood running = flood.get();
                    if (running != null) {
                        running.close();
                    }
                });
    }

    private Injection poison() {
        long seed = dice.nextLong();
        return new Injection(
                Fault.POISON,
                Set.of("publisher"),
                "one of every sort",
                seconds(1, 3),
                () -> disturbance.poison(seed),
                Step.nothing());
    }

    private Part any(Kind kind) {
        List<Part> parts = ground.parts(kind);
        return parts.get(dice.nextInt(parts.size()));
    }

    private static Set<String> touched(Part part) {
        return part.kind() == Kind.BROKER ? Set.of(part.name(), Injection.BROKERS) : Set.of(part.name());
    }

    private Duration seconds(int least, int most) {
        return Duration.ofSeconds(least + (long) dice.nextInt(most - least + 1));
    }
}

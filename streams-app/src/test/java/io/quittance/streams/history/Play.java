package io.quittance.streams.history;

import static io.quittance.streams.history.Violation.unless;

import io.quittance.streams.codec.DocketCodec;
import io.quittance.streams.config.RegimesReader;
import io.quittance.streams.domain.Command;
import io.quittance.streams.domain.Decider;
import io.quittance.streams.domain.Decision;
import io.quittance.streams.domain.Effect;
import io.quittance.streams.domain.Event;
import io.quittance.streams.domain.Settings;
import io.quittance.streams.domain.docket.Docket;
import io.quittance.streams.domain.limit.Permit;
import io.quittance.streams.domain.model.Origin;
import io.quittance.streams.domain.model.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several subjects, the limiter and the clock, driven from outside. Every command that goes in and every effect that
 * comes out passes the model, and nothing else does.
 */
final class Play {
    static final Settings SETTINGS = Settings.DEFAULTS.with(RegimesReader.builtIn());
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Payload VALUE = new Payload(new byte[] {1});
    private static final DocketCodec CODEC = new DocketCodec();
    private static final int PATIENCE = 300;

    final Surroundings around;
    final Model model;
    final List<Desk> desks = new ArrayList<>();
    final List<Sent> sent = new ArrayList<>();
    final List<Effect.IssueTask> issued = new ArrayList<>();
    private final Core core;
    private final Limiter limiter;
    private final boolean thorough;
    private final List<Effect> effects = new ArrayList<>();
    private int serial;
    Instant now = START;

    /** A command, in case it comes again; accepted if what it came to is remembered. */
    record Sent(Desk desk, Command command, boolean accepted) {}

    /** @param thorough whether to look at what is costly to look at: replay, and rows after every turn */
    Play(Setup setup, Core core, boolean thorough) {
        this.core = core;
        this.thorough = thorough;
        around = new Surroundings(setup);
        model = new Model(around);
        Setup.SUBJECTS.forEach(subject -> desks.add(new Desk(subject)));
        limiter = new Limiter(core.governing(around.world().limits()), this::permit);
    }

    int serial() {
        return ++serial;
    }

    Desk desk(String subject) {
        return desks.get(Setup.SUBJECTS.indexOf(subject));
    }

    List<Effect> effects() {
        return effects;
    }

    // ---- what can happen

    Decision apply(Desk desk, Command command) {
        var origin = new Origin("privacy.test", 0, serial(), now, VALUE);
        model.before(desk.subject, command, now);
        Decision decision = core.decide(desk.docket, command, origin, around.world(), now);
        take(desk, command, decision);
        return decision;
    }

    void send(Desk desk, Command command) {
        Decision decision = apply(desk, command);
        boolean early = decision.events().stream().anyMatch(Event.ArrivedEarly.class::isInstance);
        sent.add(new Sent(desk, command, decision.refusal() == null && !early));
    }

    void tick(Desk desk) {
        model.beforeTick(desk.subject, now);
        take(desk, null, core.tick(desk.docket, around.world(), now));
    }

    /** Time passes and is noticed. */
    void pass(Duration time) {
        now = now.plus(time);
        limiter.give(now);
        desks.forEach(this::tickAllDue);
    }

    /** Time passes while everything is down, or the clock is set back. */
    void sleep(Duration time) {
        now = now.plus(time);
    }

    void tickAll() {
        desks.forEach(this::tick);
    }

    /** Up to that many records of the subject's reach the limiter. */
    void deliverClaims(Desk desk, int most) {
        for (int i = 0; i < most && !desk.toLimiter.isEmpty(); i++) {
            limiter.hear(desk.toLimiter.remove(), now);
        }
    }

    /** Up to that many permits reach the subject. */
    void deliverPermits(Desk desk, int most) {
        for (int i = 0; i < most && !desk.permits.isEmpty(); i++) {
            send(desk, desk.permits.remove());
        }
    }

    void restart(Desk desk) {
        Docket read = CODEC.read(CODEC.write(desk.docket, core.due(desk.docket)));
        unless(read.equals(desk.docket), "what is read back of a docket is what was written");
        desk.docket = core.restored(read);
    }

    void restartLimiter() {
        limiter.restart(core.governing(around.world().limits()));
    }

    void limitsChanged() {
        limiter.govern(core.governing(around.world().limits()));
        limiter.give(now);
    }

    /** A command comes a second time. Whatever was due anyway has happened before, so nothing may follow from it. */
    void redeliver(Sent first) {
        Desk desk = first.desk();
        for (int i = 0; i < 10; i++) {
            int before = effects.size();
            tick(desk);
            if (effects.size() == before) {
                break;
            }
        }
        Docket before = desk.docket;
        Decision second = apply(desk, first.command());
        Redelivery.check(first, before, second);
    }

    // ---- the end

    /** Lets time pass until nothing is due; after a while somebody does what only people and executors can. */
    void finish(int alone, Runnable helpOn) {
        Setup.SYSTEMS.forEach(system -> around.topic(system, true));
        for (int i = 0; i < PATIENCE; i++) {
            desks.forEach(desk -> deliverClaims(desk, Integer.MAX_VALUE));
            desks.forEach(desk -> deliverPermits(desk, Integer.MAX_VALUE));
            if (i >= alone) {
                helpOn.run();
            }
            Instant next = desks.stream()
                    .map(desk -> core.due(desk.docket))
                    .filter(due -> due != null)
                    .min(Instant::compareTo)
                    .orElse(null);
            if (next != null) {
                now = next.isAfter(now) ? next : now;
                limiter.give(now);
                desks.forEach(this::tickIfDue);
            } else if (desks.stream().allMatch(desk -> desk.toLimiter.isEmpty() && desk.permits.isEmpty())
                    && model.underReview().isEmpty()) {
                break;
            }
        }
        for (Desk desk : desks) {
            unless(core.due(desk.docket) == null, "no timers are left at the end");
            unless(desk.docket.open().isEmpty(), "every request closes in the end");
            unless(desk.docket.early().isEmpty(), "nothing that came early is left at the end");
        }
        unless(limiter.isIdle(), "the ledger is empty at the end");
        model.end();
    }

    private void tickAllDue(Desk desk) {
        int looks = 0;
        while (tickIfDue(desk)) {
            unless(++looks < PATIENCE, "what is due gets done when it is looked at");
        }
    }

    private boolean tickIfDue(Desk desk) {
        Instant due = core.due(desk.docket);
        boolean isDue = due != null && !due.isAfter(now);
        if (isDue) {
            tick(desk);
        }
        return isDue;
    }

    private void take(Desk desk, @Nullable Command command, Decision decision) {
        if (thorough) {
            Docket replayed = new Decider(SETTINGS).replay(desk.docket, decision.events());
            unless(replayed.equals(decision.docket()), "the events alone give the docket");
        }
        desk.docket = decision.docket();
        for (Effect effect : decision.effects()) {
            effects.add(effect);
            model.see(desk.subject, effect, now);
            if (effect instanceof Effect.IssueTask issue) {
                issued.add(issue);
            } else if (effect instanceof Effect.ClaimPermit || effect instanceof Effect.ReleasePermit) {
                desk.toLimiter.add(effect);
            }
        }
        model.after(desk.docket, command, decision, now);
        if (thorough) {
            restart(desk);
        }
    }

    private void permit(Permit permit) {
        var claim = permit.claim();
        desk(claim.subjectId())
                .permits
                .add(new Command.Permit(claim.requestId(), claim.work().system(), claim.attempt(), claim.claimId()));
    }
}

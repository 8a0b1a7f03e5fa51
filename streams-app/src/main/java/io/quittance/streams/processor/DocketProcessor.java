package io.quittance.streams.processor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Stopwatch;
import com.google.common.base.Ticker;
import io.quittance.streams.codec.Arrival;
import io.quittance.streams.codec.CommandReader;
import io.quittance.streams.codec.EffectWriter;
import io.quittance.streams.codec.InputTopic;
import io.quittance.streams.codec.Outgoing;
import io.quittance.streams.codec.OutputTopic;
import io.quittance.streams.codec.Reading;
import io.quittance.streams.domain.Command;
import io.quittance.streams.domain.Decider;
import io.quittance.streams.domain.Decision;
import io.quittance.streams.domain.Effect;
import io.quittance.streams.domain.Event;
import io.quittance.streams.domain.docket.Docket;
import io.quittance.streams.state.DocketGauges;
import io.quittance.streams.state.DocketStore;
import io.quittance.streams.state.ReferenceData;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One task's share of the pipeline: everything about a subject, whatever topic it comes from, meets here in one docket.
 * Its clock is the task's wall clock.
 */
public final class DocketProcessor implements Processor<byte[], byte[], byte[], Outgoing> {
    /** A few, so that the time between two looks at the clock is short. */
    private static final int THAWED_AT_ONCE = 16;

    /** Rows: a small store is passed in minutes. */
    private static final int SWEPT_AT_LEAST = 50;

    private final ProcessorSettings settings;
    private final Map<String, InputTopic> inputs;
    private final CommandReader reader;
    private final EffectWriter writer;
    private final ReferenceData world;
    private final Vouchers vouchers;
    private final Telemetry telemetry;
    private final Decider decider;
    private final Routing routing;
    private final Patience patience;
    private @Nullable Bound bound;
    private final Ticker ticker;

    /**
     * @param inputs what each topic's records are
     * @param ticker measures how long timers have taken: the context's clock stands still while a punctuation runs
     */
    public DocketProcessor(
            ProcessorSettings settings,
            Map<String, InputTopic> inputs,
            CommandReader reader,
            EffectWriter writer,
            ReferenceData world,
            Vouchers vouchers,
            Telemetry telemetry,
            Ticker ticker) {
        this.settings = settings;
        this.inputs = Map.copyOf(inputs);
        this.reader = reader;
        this.writer = writer;
        this.world = world;
        this.vouchers = vouchers;
        this.telemetry = telemetry;
        this.decider = new Decider(settings.decider());
        this.routing = new Routing(settings.partitions());
        this.patience = new Patience(settings.registryPatience());
        this.ticker = ticker;
    }

    /** What there is only between init and close. */
    private record Bound(
            ProcessorContext<byte[], Outgoing> context,
            DocketStore dockets,
            DocketGauges gauges,
            Thaw thaw,
            List<Cancellable> timers) {}

    /** The record that is being handled. */
    private record Cause(Arrival arrival, InputTopic input) {}

    @Override
    public void init(ProcessorContext<byte[], Outgoing> context) {
        var dockets = DocketStore.open(context.getStateStore(DocketStore.NAME), settings.parsedDocketBytes());
        List<Cancellable> timers = List.of(
                context.schedule(settings.timerInterval(), PunctuationType.WALL_CLOCK_TIME, time -> lookAround()),
                context.schedule(settings.sweepInterval(), PunctuationType.WALL_CLOCK_TIME, time -> sweep()));
        bound = new Bound(context, dockets, dockets.gauges(), new Thaw(dockets), timers);
        telemetry.opened(context.taskId().toString(), bound().gauges());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var cause = cause(record);
        Arrival arrival = cause.arrival();
        Reading reading = patience.get(() -> reader.read(cause.input(), arrival.topic(), arrival.value()));
        if (reading instanceof Reading.Senseless senseless) {
            deadLetter(arrival, senseless.code(), senseless.detail());
        } else if (reading instanceof Reading.Understood understood) {
            byte[] subject = understood.subjectId().getBytes(UTF_8);
            if (routing.isAtHome(arrival, subject)) {
                decide(understood, cause);
            } else {
                sendHome(arrival, record.headers(), subject);
            }
        }
        commitWhatIsOwed();
    }

    @Override
    public void close() {
        if (bound != null) {
            // A task that is revived keeps the punctuations that it had.
            bound.timers().forEach(Cancellable::cancel);
            TimerTurns.beginAnew();
            telemetry.closed(bound().context().taskId().toString(), bound().gauges());
        }
        reader.close();
        writer.close();
    }

    private void decide(Reading.Understood understood, Cause cause) {
        Command command = vouchedFor(understood);
        Instant now = now();
        Docket docket = bound().dockets().load(understood.subjectId());
        Decision decision = decider.decide(docket, command, cause.arrival().origin(), world.current(), now);
        carryOut(decision, cause, now);
    }

    /** Once, when it arrives: what vouches for a decision is kept with it. */
    private Command vouchedFor(Reading.Understood understood) {
        return understood.command() instanceof Command.Decide decide
                ? decide.vouchedFor(vouchers.vouch(understood.subjectId(), decide, understood.signature(), now()))
                : understood.command();
    }

    private void sendHome(Arrival arrival, Headers headers, byte[] subject) {
        if (Routing.wasForwarded(headers)) {
            deadLetter(arrival, "MISROUTED_TWICE", "Sent on once already, it is still not where its subject belongs.");
            return;
        }
        // Not the publisher's own headers: nothing reads them here, and nothing bounds their size.
        var marked = new RecordHeaders();
        Routing.markForwarded(marked);
        var home = new Outgoing(OutputTopic.FORWARDED, arrival.topic(), subject, arrival.value());
        forward(home, arrival.timestamp(), marked);
        telemetry.forwarded();
    }

    private void lookAround() {
        Instant began = now();
        var turns = TimerTurns.ofThisThread();
        if (!anythingDue(began)) {
            turns.leave(this);
        } else if (turns.mayBegin(this, began, settings.timerSlice())) {
            var took = Stopwatch.createStarted(ticker);
            thaw(took);
            runTimers(took);
            turns.ended(began, began.plus(took.elapsed()));
        }
        commitWhatIsOwed();
    }

    private boolean anythingDue(Instant now) {
        return bound().thaw().isWanted(world.current().freezes(), now)
                || !bound().dockets().dueBy(now, 1).isEmpty();
    }

    /** Looks at what waited for a freeze that may have ended, in order, for a bounded time: records wait meanwhile. */
    private void thaw(Stopwatch took) {
        List<String> next;
        do {
            next = bound().thaw().next(world.current().freezes(), now(), THAWED_AT_ONCE);
            next.forEach(this::tick);
        } while (!next.isEmpty() && !isOver(took));
    }

    /** Looks at what is due, earliest first, for a bounded time: records wait meanwhile. */
    private void runTimers(Stopwatch took) {
        for (String subject : bound().dockets().dueBy(now(), settings.timerBatch())) {
            if (bound().thaw().isAhead(subject)) {
                continue;
            }
            tick(subject);
            telemetry.timerRan();
            if (isOver(took)) {
                return;
            }
        }
    }

    private boolean isOver(Stopwatch took) {
        return took.elapsed().compareTo(settings.timerSlice()) >= 0;
    }

    /** Forgets markers whose time is over, a few rows at a time: as many as a pass in time takes. */
    private void sweep() {
        long sweeps = settings.sweepPass().dividedBy(settings.sweepInterval());
        int rows = Math.toIntExact(SWEPT_AT_LEAST + bound().dockets().rowCount() / sweeps);
        bound().dockets().sweep(decider.markerHorizon(now()), rows).forEach(this::tick);
    }

    private void tick(String subject) {
        Instant now = now();
        Docket docket = bound().dockets().load(subject);
        Decision decision = decider.tick(docket, world.current(), now);
        carryOut(decision, null, now);
        bound().dockets().expect(subject, decider.due(decision.docket()));
    }

    private void carryOut(Decision decision, @Nullable Cause cause, Instant now) {
        if (!decision.events().isEmpty() && !save(decision)) {
            refuseForLackOfRoom(cause);
            return;
        }
        count(decision);
        decision.effects().forEach(effect -> write(effect, cause, now));
        if (cause != null && decision.effects().stream().anyMatch(DocketProcessor::isUrgent)) {
            CommitPacing.ofThisThread().want(cause.arrival().timestamp(), now, settings.urgentCommitSpacing());
        }
    }

    /** What a docket holds must get on and end, so only what is new can be too much for it. */
    private boolean save(Decision decision) {
        boolean adds = decision.events().stream()
                .anyMatch(event -> event instanceof Event.Opened || event instanceof Event.ArrivedEarly);
        int most = adds ? settings.maxDocketBytes() : Integer.MAX_VALUE;
        return bound().dockets().save(decision.docket(), decider.due(decision.docket()), most);
    }

    private void refuseForLackOfRoom(@Nullable Cause cause) {
        if (cause == null) {
            throw new IllegalStateException("time alone cannot add to a docket");
        }
        deadLetter(cause.arrival(), "OVERSIZED", "The subject's docket has no room for it.");
    }

    private void count(Decision decision) {
        if (decision.refusal() != null) {
            telemetry.refused(decision.refusal());
        }
        if (decision.repeat()) {
            telemetry.repeated();
        }
    }

    private void write(Effect effect, @Nullable Cause cause, Instant now) {
        Arrival arrival = cause == null ? null : cause.arrival();
        forward(patience.get(() -> writer.write(effect, arrival, now)), now, new RecordHeaders());
        if (effect instanceof Effect.IssueTask issue) {
            InputTopic input = cause == null ? null : cause.input();
            ApprovalAge.of(issue, input, arrival).ifPresent(telemetry::approvalToTask);
        } else if (effect instanceof Effect.DeadLetterInput letter) {
            telemetry.deadLettered(letter.why().name());
        } else if (effect instanceof Effect.DeadLetterEarly letter) {
            telemetry.deadLettered(letter.why().name());
        }
    }

    private void deadLetter(Arrival arrival, String code, String detail) {
        Instant now = now();
        forward(patience.get(() -> writer.deadLetter(arrival, code, detail, now)), now, new RecordHeaders());
        telemetry.deadLettered(code);
    }

    private void forward(Outgoing outgoing, Instant at, Headers headers) {
        var record = new Record<>(outgoing.key(), outgoing, at.toEpochMilli(), headers);
        bound().context().forward(record, Sinks.name(outgoing.to()));
    }

    private void commitWhatIsOwed() {
        if (CommitPacing.ofThisThread().commitsAt(now())) {
            bound().context().commit();
        }
    }

    private static boolean isUrgent(Effect effect) {
        return effect instanceof Effect.IssueTask
                || effect instanceof Effect.RevokeGrant
                || effect instanceof Effect.Prompt
                || effect instanceof Effect.ClaimPermit
                || effect instanceof Effect.ReleasePermit;
    }

    private Cause cause(Record<byte[], byte[]> record) {
        RecordMetadata from = bound().context()
                .recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record from nowhere"));
        InputTopic input = inputs.get(from.topic());
        if (input == null) {
            throw new IllegalStateException("a record from a topic that is no input");
        }
        var at = Instant.ofEpochMilli(record.timestamp());
        return new Cause(
                new Arrival(from.topic(), from.partition(), from.offset(), at, record.key(), record.value()), input);
    }

    private Instant now() {
        return Instant.ofEpochMilli(bound().context().currentSystemTimeMs());
    }

    private Bound bound() {
        if (bound == null) {
            throw new IllegalStateException("used before init");
        }
        return bound;
    }
}

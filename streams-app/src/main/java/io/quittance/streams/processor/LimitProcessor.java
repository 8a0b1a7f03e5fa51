package io.quittance.streams.processor;

import io.quittance.streams.codec.Arrival;
import io.quittance.streams.codec.ClaimReading;
import io.quittance.streams.codec.LimiterRecords;
import io.quittance.streams.codec.Outgoing;
import io.quittance.streams.codec.OutputTopic;
import io.quittance.streams.domain.limit.Ledger;
import io.quittance.streams.domain.limit.Limits;
import io.quittance.streams.domain.limit.Moves;
import io.quittance.streams.state.LimitStore;
import io.quittance.streams.state.ReferenceData;
import java.time.Instant;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The one place that knows all claims under limits. There is one task of it in the whole cluster, because its input has
 * one partition.
 */
public final class LimitProcessor implements Processor<byte[], byte[], byte[], Outgoing> {
    private final ProcessorSettings settings;
    private final LimiterRecords records;
    private final ReferenceData world;
    private final Telemetry telemetry;
    private final Patience patience;
    private @Nullable Bound bound;
    private @Nullable Limits governing;

    public LimitProcessor(
            ProcessorSettings settings, LimiterRecords records, ReferenceData world, Telemetry telemetry) {
        this.settings = settings;
        this.records = records;
        this.world = world;
        this.telemetry = telemetry;
        this.patience = new Patience(settings.registryPatience());
    }

    /** What there is only between init and close. */
    private record Bound(
            ProcessorContext<byte[], Outgoing> context, LimitStore store, Ledger ledger, Cancellable timer) {}

    @Override
    public void init(ProcessorContext<byte[], Outgoing> context) {
        var store = new LimitStore(context.getStateStore(LimitStore.NAME));
        Cancellable timer = context.schedule(settings.timerInterval(), PunctuationType.WALL_CLOCK_TIME, time -> look());
        bound = new Bound(context, store, store.ledger(), timer);
        // A task that is revived begins again with this same processor, and its new ledger knows of no limit yet.
        governing = null;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var cause = Instant.ofEpochMilli(record.timestamp());
        govern(cause);
        ClaimReading reading = patience.get(() -> records.read(record.value()));
        if (reading instanceof ClaimReading.Asked asked) {
            carryOut(bound().ledger().claim(asked.claim()), cause);
        } else if (reading instanceof ClaimReading.Over over) {
            carryOut(bound().ledger().release(over.claimId(), over.unused()), cause);
        } else if (reading instanceof ClaimReading.Senseless senseless) {
            deadLetter(record, senseless);
        }
        give(cause);
        commitWhatIsOwed();
    }

    @Override
    public void close() {
        if (bound != null) {
            // A task that is revived keeps the punctuations that it had.
            bound.timer().cancel();
            telemetry.limiterClosed(bound().context().taskId().toString());
        }
        records.close();
    }

    /** Windows slide and limits change without a record. */
    private void look() {
        govern(now());
        give(now());
        commitWhatIsOwed();
        telemetry.limiterUse(
                bound().context().taskId().toString(), bound().ledger().use());
    }

    private void govern(Instant cause) {
        Limits inForce = world.current().limits();
        if (!inForce.equals(governing)) {
            governing = inForce;
            carryOut(bound().ledger().govern(inForce), cause);
        }
    }

    private void give(Instant cause) {
        carryOut(bound().ledger().give(now(), settings.timerBatch()), cause);
    }

    /**
     * @param cause the time of the record that it follows from, however old the claim is; now if of none. Where records
     *     wait to be read, each permit in a commit of its own would let them wait for ever.
     */
    private void carryOut(Moves moves, Instant cause) {
        bound().store().keep(moves.changes());
        moves.permits().forEach(permit -> forward(patience.get(() -> records.permit(permit)), now()));
        if (!moves.permits().isEmpty()) {
            CommitPacing.ofThisThread().want(cause, now(), settings.urgentCommitSpacing());
        }
    }

    private void deadLetter(Record<byte[], byte[]> record, ClaimReading.Senseless why) {
        RecordMetadata from = bound().context()
                .recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record from nowhere"));
        var at = Instant.ofEpochMilli(record.timestamp());
        var arrival = new Arrival(from.topic(), from.partition(), from.offset(), at, record.key(), record.value());
        forward(patience.get(() -> records.deadLetter(arrival, why.code(), why.detail(), now())), now());
        telemetry.deadLettered(why.code());
    }

    private void forward(Outgoing outgoing, Instant at) {
        String sink =
                outgoing.to() == OutputTopic.DEAD_LETTERS ? Sinks.LIMITER_DEAD_LETTERS : Sinks.name(outgoing.to());
        bound().context().forward(new Record<>(outgoing.key(), outgoing, at.toEpochMilli()), sink);
    }

    private void commitWhatIsOwed() {
        if (CommitPacing.ofThisThread().commitsAt(now())) {
            bound().context().commit();
        }
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

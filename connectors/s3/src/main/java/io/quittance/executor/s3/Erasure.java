package io.quittance.executor.s3;

import io.quittance.executor.TaskFailure;
import io.quittance.executor.Work;
import io.quittance.executor.s3.Receipts.Overtaken;
import io.quittance.schema.Action;
import io.quittance.schema.Dataset;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposal;
import io.quittance.schema.Disposition;
import io.quittance.schema.Task;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Carries out a DELETE. Removing objects is no transaction: what is intended is written down first, and a repeated task
 * goes on from there and reports what was found at first. So does a worker that another one overtakes: nobody removes
 * anything before the receipt is written, and nobody writes it but over the one that was read before the objects were
 * counted. Whoever was counting while they went away finds that out at the next write. Thread-safe.
 */
final class Erasure {
    /** Somebody may write while objects are removed; more rounds than this and a person has to look. */
    private static final int ROUNDS = 3;

    private final S3Client client;
    private final ObjectListing listing;
    private final Receipts receipts;
    private final Clock clock;

    Erasure(S3Client client, ObjectListing listing, Receipts receipts, Clock clock) {
        this.client = client;
        this.listing = listing;
        this.receipts = receipts;
        this.clock = clock;
    }

    /** One outcome for every dataset, in the task's order. */
    List<DatasetOutcome> carryOut(Work work) throws TaskFailure, InterruptedException {
        List<ObjectSet> sets = ObjectSet.of(work);
        for (ObjectSet set : sets) {
            ensurePossible(work, set.dataset());
        }
        return receipts.settle(work.task(), slot -> carryOut(work, sets, slot));
    }

    private List<DatasetOutcome> carryOut(Work work, List<ObjectSet> sets, Receipts.Slot slot)
            throws Overtaken, TaskFailure, InterruptedException {
        List<Long> present = counts(sets);
        List<DatasetOutcome> intended = intended(sets, present, slot.receipt());
        if (isAnythingToErase(sets, present)) {
            erase(work, sets, intended, slot);
        }
        return closed(work.task(), sets, intended, slot);
    }

    /** What a receipt tells of an earlier execution; nothing if there was none. */
    List<DatasetOutcome> earlier(Task task) throws TaskFailure, InterruptedException {
        Optional<Receipt> receipt = receipts.find(task);
        if (receipt.isEmpty()) {
            return List.of();
        }
        if (!receipt.get().isDone()) {
            throw TaskFailure.failed(
                    "PARTLY_DONE",
                    "An earlier execution began to remove the objects and did not finish: part of them may be gone.");
        }
        return receipt.get().outcomes(task);
    }

    private static void ensurePossible(Work work, Dataset dataset) throws TaskFailure {
        Disposal disposal = disposal(work.task().getAction(), dataset);
        if (disposal == Disposal.UNKNOWN) {
            throw TaskFailure.refused(
                    "UNKNOWN_DISPOSAL", "Dataset " + dataset.getName() + " names a disposal unknown to this executor.");
        }
        if (disposal == Disposal.ANONYMIZE) {
            throw TaskFailure.failed(
                    "UNSUPPORTED_ACTION",
                    "Dataset " + dataset.getName()
                            + " holds objects, and an executor cannot take a person out of those:"
                            + " erase or retain them.");
        }
        if (disposal == Disposal.RETAIN) {
            ensureGround(dataset);
        } else {
            ensureGrantedWhole(work, dataset);
        }
    }

    private static void ensureGround(Dataset dataset) throws TaskFailure {
        String ground = dataset.getLegalGround();
        if (ground == null || ground.isBlank()) {
            throw TaskFailure.refused(
                    "NO_LEGAL_GROUND", "Dataset " + dataset.getName() + " is to be retained without a legal ground.");
        }
    }

    /** An object cannot be erased in part, so the grant has to cover all that it holds. */
    private static void ensureGrantedWhole(Work work, Dataset dataset) throws TaskFailure {
        if (!work.grantsAllOf(dataset)) {
            throw TaskFailure.refused(
                    "GRANT_TOO_NARROW",
                    "Dataset " + dataset.getName() + " holds a category the grant does not cover, and objects cannot be"
                            + " erased in part.");
        }
    }

    /** An ANONYMIZE anonymizes whatever is not retained. */
    private static Disposal disposal(Action action, Dataset dataset) {
        return action == Action.ANONYMIZE && dataset.getOnDelete() != Disposal.RETAIN
                ? Disposal.ANONYMIZE
                : dataset.getOnDelete();
    }

    private List<Long> counts(List<ObjectSet> sets) throws TaskFailure, InterruptedException {
        List<Long> counts = new ArrayList<>();
        for (ObjectSet set : sets) {
            counts.add(listing.count(set));
        }
        return counts;
    }

    private boolean isAnythingToErase(List<ObjectSet> sets, List<Long> present)
            throws TaskFailure, InterruptedException {
        for (int at = 0; at < sets.size(); at++) {
            ObjectSet set = sets.get(at);
            if (!isRetained(set) && (present.get(at) > 0 || listing.hasUploads(set))) {
                return true;
            }
        }
        return false;
    }

    private List<DatasetOutcome> intended(List<ObjectSet> sets, List<Long> present, Optional<Receipt> earlier) {
        List<DatasetOutcome> intended = new ArrayList<>();
        for (int at = 0; at < sets.size(); at++) {
            ObjectSet set = sets.get(at);
            long count = present.get(at);
            Receipt.@Nullable Entry before =
                    earlier.flatMap(receipt -> receipt.entry(set.name())).orElse(null);
            boolean done = earlier.map(Receipt::isDone).orElse(false);
            if (isRetained(set)) {
                intended.add(retained(set, count));
            } else if (before != null && done && count == 0) {
                intended.add(before.toOutcome());
            } else {
                intended.add(erased(set, matched(before, done, count)));
            }
        }
        return intended;
    }

    /**
     * What was found at first. After a whole removal, what is there now came later; after half of one, it is the rest.
     */
    private static long matched(Receipt.@Nullable Entry before, boolean done, long present) {
        if (before == null) {
            return present;
        }
        return done ? before.matched() + present : Math.max(before.matched(), present);
    }

    private void erase(Work work, List<ObjectSet> sets, List<DatasetOutcome> intended, Receipts.Slot slot)
            throws Overtaken, TaskFailure, InterruptedException {
        Eraser eraser = new Eraser(client, listing, work.guard(), slot.receipt().isPresent());
        eraser.ensureStillPermitted();
        slot.write(Receipt.started(work.task(), intended, clock.instant()));
        try {
            boolean again = true;
            for (int round = 0; again && round < ROUNDS; round++) {
                again = isLeftAfterRound(eraser, sets);
            }
        } catch (TaskFailure failure) {
            if (!eraser.hasBegun()) {
                // Nobody can have removed anything, unless the receipt was overtaken.
                slot.write(Receipt.withdrawn(work.task(), clock.instant()));
            }
            throw failure;
        }
    }

    /** Whether something is there that was written meanwhile, so that another round is wanted. */
    private boolean isLeftAfterRound(Eraser eraser, List<ObjectSet> sets) throws TaskFailure, InterruptedException {
        boolean left = false;
        for (ObjectSet set : sets) {
            if (!isRetained(set)) {
                eraser.erase(set);
                left |= listing.count(set) > 0;
            }
        }
        return left;
    }

    /** Looks again, and closes the receipt unless something is left that should not be. */
    private List<DatasetOutcome> closed(
            Task task, List<ObjectSet> sets, List<DatasetOutcome> intended, Receipts.Slot slot)
            throws Overtaken, TaskFailure, InterruptedException {
        List<DatasetOutcome> outcomes = new ArrayList<>();
        boolean clean = true;
        for (int at = 0; at < sets.size(); at++) {
            ObjectSet set = sets.get(at);
            DatasetOutcome outcome = DatasetOutcome.newBuilder(intended.get(at)).build();
            outcome.setResidual(listing.count(set));
            if (!isRetained(set) && outcome.getResidual() > 0) {
                outcome.setDisposition(Disposition.FAILED);
                outcome.setAffected(Math.max(0, outcome.getMatched() - outcome.getResidual()));
                clean = false;
            }
            outcomes.add(outcome);
        }
        if (clean) {
            slot.write(Receipt.done(task, outcomes, clock.instant()));
        }
        return outcomes;
    }

    private DatasetOutcome erased(ObjectSet set, long matched) {
        int backupDays = set.dataset().getBackupDays();
        DatasetOutcome.Builder outcome = outcome(set, matched).setAffected(matched);
        if (matched == 0) {
            return outcome.setDisposition(Disposition.NOT_FOUND).build();
        }
        if (backupDays > 0) {
            Instant until = clock.instant().plus(Duration.ofDays(backupDays));
            return outcome.setDisposition(Disposition.BACKUP_UNTIL)
                    .setBackupUntil(until)
                    .build();
        }
        return outcome.setDisposition(Disposition.ERASED).build();
    }

    private static DatasetOutcome retained(ObjectSet set, long count) {
        DatasetOutcome.Builder outcome = outcome(set, count);
        return count == 0
                ? outcome.setDisposition(Disposition.NOT_FOUND).build()
                : outcome.setDisposition(Disposition.RETAINED)
                        .setLegalGround(set.dataset().getLegalGround())
                        .build();
    }

    private static DatasetOutcome.Builder outcome(ObjectSet set, long matched) {
        return DatasetOutcome.newBuilder().setDataset(set.name()).setMatched(matched);
    }

    private static boolean isRetained(ObjectSet set) {
        return set.dataset().getOnDelete() == Disposal.RETAIN;
    }
}

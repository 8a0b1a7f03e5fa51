package io.quittance.streams.domain.limit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the limits: who waits, who may go, and what still counts. Sets of claims and not counters, so that saying
 * something twice changes nothing.
 *
 * <p>A claim counts under every limit on its work, and gets all of them at once or none: it holds nothing while it
 * waits, so that nobody waits for somebody who waits. Of those whose limits all have room the earliest deadline goes
 * first, then the first come. For the first in line a place is kept for a moment, where it lacks another.
 *
 * <p>What it holds follows from the rows that its changes name; the limits in force are not among them, because they
 * are looked at as they are now. Time is an argument. Belongs to one thread.
 */
public final class Ledger {
    private static final Comparator<Lane> FIRST_LANE =
            Comparator.comparing(lane -> lane.waiting().first(), Entry.FIRST_TO_GO);

    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<Long, Start> starts = new TreeMap<>();
    private List<Account> accounts = List.of();
    private Map<Work, Lane> laneOf = new HashMap<>();
    private Map<List<String>, Lane> lanes = new HashMap<>();
    private long lastNumber;
    private Instant latest = Instant.MIN;

    /** Takes up a row as it was kept. Once all are back, {@link #govern} says under which limits. */
    public void restore(Entry entry) {
        entries.put(entry.claim().claimId(), entry);
        lastNumber = Math.max(lastNumber, entry.number());
        see(entry.permittedAt());
    }

    /** Takes up a row as it was kept. */
    public void restore(Start start) {
        starts.put(start.number(), start);
        lastNumber = Math.max(lastNumber, start.number());
        see(start.at());
    }

    /**
     * From now on these are the limits. What has gone out already counts under them; what is more than they allow comes
     * down as it ends. Starts that no rate counts are forgotten: a window that is made longer cannot know of them.
     */
    public Moves govern(Limits next) {
        accounts = next.all().stream().map(Account::new).toList();
        laneOf = new HashMap<>();
        lanes = new HashMap<>();
        for (Entry entry : entries.values()) {
            enter(entry);
        }
        var changes = new ArrayList<Change>();
        for (Start start : List.copyOf(starts.values())) {
            if (!count(start)) {
                drop(start, changes);
            }
        }
        return new Moves(changes, List.of());
    }

    /**
     * An attempt wants to go out. A claim that was permitted already is told so again; one that waits keeps its number,
     * and takes the deadline that it comes with now.
     */
    public Moves claim(Claim claim) {
        Entry known = entries.get(claim.claimId());
        if (known != null) {
            return known.permittedAt() == null
                    ? waitWith(known, claim)
                    : new Moves(List.of(), List.of(permit(known, known.permittedAt())));
        }
        var entry = new Entry(claim, ++lastNumber, null);
        put(entry);
        return new Moves(List.of(new Change.PutEntry(entry)), List.of());
    }

    /**
     * An attempt is over, or is not wanted any more.
     *
     * @param unused it never went out, so that it does not count against a rate either
     */
    public Moves release(String claimId, boolean unused) {
        Entry entry = entries.remove(claimId);
        if (entry == null) {
            return Moves.NONE;
        }
        Lane lane = laneOf(entry.claim().work());
        lane.waiting().remove(entry);
        lane.accounts().forEach(account -> account.giveBack(claimId));
        var changes = new ArrayList<Change>();
        changes.add(new Change.DropEntry(claimId));
        Start start = unused ? starts.get(entry.number()) : null;
        if (start != null) {
            lane.accounts().forEach(account -> account.uncount(start));
            drop(start, changes);
        }
        return new Moves(changes, List.of());
    }

    /**
     * Lets go whoever may go now.
     *
     * @param most permits given at once; whoever is left goes the next time
     */
    public Moves give(Instant now, int most) {
        // A clock that was set back must not make a window look emptier than it is.
        see(now);
        var changes = new ArrayList<Change>();
        var permits = new ArrayList<Permit>();
        slide(changes);
        accounts.forEach(account -> account.stamp(latest));
        for (Optional<Lane> next = nextToGo(); next.isPresent() && permits.size() < most; next = nextToGo()) {
            permits.add(let(next.get(), changes));
        }
        return new Moves(changes, permits);
    }

    /** How much of each limit is used, in the order of their names. */
    public List<LimitUse> use() {
        return accounts.stream()
                .map(account -> new LimitUse(account.name(), account.held(), waitingFor(account), account.started()))
                .toList();
    }

    private Moves waitWith(Entry known, Claim claim) {
        if (known.claim().equals(claim)) {
            return Moves.NONE;
        }
        laneOf(known.claim().work()).waiting().remove(known);
        var entry = new Entry(claim, known.number(), null);
        put(entry);
        return new Moves(List.of(new Change.PutEntry(entry)), List.of());
    }

    private Optional<Lane> nextToGo() {
        return lanes.values().stream()
                .filter(lane -> lane.canGo(account -> keptFromIn(lane, account)))
                .min(FIRST_LANE);
    }

    /**
     * One place of a limit is kept for whoever is first in line for it and lacks another limit, so that those who need
     * only one of them do not pass by for ever; but only while what is lacked gives something back every now and then,
     * and never the only place: a system that is stuck keeps nothing from the others.
     */
    private int keptFromIn(Lane lane, Account account) {
        if (!account.hasSeveralPlaces()) {
            return 0;
        }
        return lanes.values().stream()
                .filter(other -> !other.waiting().isEmpty() && other.accounts().contains(account))
                .min(FIRST_LANE)
                .filter(first -> first != lane && first.awaitsOnlyWhatMoves(latest))
                .map(first -> 1)
                .orElse(0);
    }

    private Permit let(Lane lane, List<Change> changes) {
        Entry entry = lane.waiting().first();
        lane.waiting().remove(entry);
        Entry permitted = entry.permitted(latest);
        put(permitted);
        changes.add(new Change.PutEntry(permitted));
        var start = new Start(entry.number(), entry.claim().work(), latest);
        if (count(start)) {
            starts.put(start.number(), start);
            changes.add(new Change.PutStart(start));
        }
        return permit(permitted, latest);
    }

    private Permit permit(Entry entry, Instant at) {
        return new Permit(entry.claim(), laneOf(entry.claim().work()).names(), at);
    }

    private void put(Entry entry) {
        entries.put(entry.claim().claimId(), entry);
        enter(entry);
    }

    private void enter(Entry entry) {
        Lane lane = laneOf(entry.claim().work());
        if (entry.waits()) {
            lane.waiting().add(entry);
        } else {
            lane.accounts().forEach(account -> account.hold(entry.claim().claimId()));
        }
    }

    /** False if no rate counts such work. */
    private boolean count(Start start) {
        List<Account> rates = laneOf(start.work()).accounts().stream()
                .filter(Account::countsStarts)
                .toList();
        rates.forEach(account -> account.count(start));
        return !rates.isEmpty();
    }

    /** Forgets starts that no rate counts any more. */
    private void slide(List<Change> changes) {
        for (Account account : accounts) {
            for (Start start : account.slide(latest)) {
                boolean counts = laneOf(start.work()).accounts().stream().anyMatch(other -> other.counts(start));
                if (!counts) {
                    drop(start, changes);
                }
            }
        }
    }

    private void drop(Start start, List<Change> changes) {
        starts.remove(start.number());
        changes.add(new Change.DropStart(start.number()));
    }

    private Lane laneOf(Work work) {
        return laneOf.computeIfAbsent(work, any -> {
            List<Account> covering =
                    accounts.stream().filter(account -> account.covers(work)).toList();
            List<String> names = covering.stream().map(Account::name).toList();
            return lanes.computeIfAbsent(names, none -> new Lane(covering));
        });
    }

    private int waitingFor(Account account) {
        return lanes.values().stream()
                .filter(lane -> lane.accounts().contains(account))
                .mapToInt(lane -> lane.waiting().size())
                .sum();
    }

    private void see(@Nullable Instant time) {
        if (time != null && time.isAfter(latest)) {
            latest = time;
        }
    }
}

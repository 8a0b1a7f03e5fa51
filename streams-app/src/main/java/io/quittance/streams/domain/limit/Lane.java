package io.quittance.streams.domain.limit;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * What waits for the same set of limits, in the order in which it will go. While one of them is full nobody in the lane
 * can go, so that a million who wait for a system that is stuck cost no more than one look.
 */
final class Lane {
    private final List<Account> accounts;
    private final TreeSet<Entry> waiting = new TreeSet<>(Entry.FIRST_TO_GO);

    Lane(List<Account> accounts) {
        this.accounts = List.copyOf(accounts);
    }

    List<Account> accounts() {
        return accounts;
    }

    TreeSet<Entry> waiting() {
        return waiting;
    }

    /** @param kept how many places of a limit are kept for somebody in another lane */
    boolean canGo(ToIntFunction<Account> kept) {
        return !waiting.isEmpty() && accounts.stream().allMatch(account -> account.room() > kept.applyAsInt(account));
    }

    /** Whether whoever is first here would go soon if a place were kept: all that it lacks moves. */
    boolean awaitsOnlyWhatMoves(Instant now) {
        List<Account> full =
                accounts.stream().filter(account -> !account.hasRoom()).toList();
        return !full.isEmpty() && full.stream().allMatch(account -> account.moves(now));
    }

    List<String> names() {
        return accounts.stream().map(Account::name).toList();
    }
}

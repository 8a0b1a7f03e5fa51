package io.quittance.streams.domain.limit;

import java.util.List;
import java.util.TreeSet;

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

    boolean canGo() {
        return !waiting.isEmpty() && accounts.stream().allMatch(Account::hasRoom);
    }

    List<String> names() {
        return accounts.stream().map(Account::name).toList();
    }
}

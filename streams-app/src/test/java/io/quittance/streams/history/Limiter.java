package io.quittance.streams.history;

import io.quittance.streams.domain.Effect;
import io.quittance.streams.domain.limit.Change;
import io.quittance.streams.domain.limit.Entry;
import io.quittance.streams.domain.limit.Ledger;
import io.quittance.streams.domain.limit.LimitUse;
import io.quittance.streams.domain.limit.Limits;
import io.quittance.streams.domain.limit.Moves;
import io.quittance.streams.domain.limit.Permit;
import io.quittance.streams.domain.limit.Start;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The real ledger with its rows, from which it can be built again. */
final class Limiter {
    private static final int MOST = 10;

    private final Consumer<Permit> permits;
    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<Long, Start> starts = new HashMap<>();
    private Ledger ledger = new Ledger();

    Limiter(Limits limits, Consumer<Permit> permits) {
        this.permits = permits;
        govern(limits);
    }

    void govern(Limits limits) {
        carryOut(ledger.govern(limits));
    }

    void restart(Limits limits) {
        ledger = new Ledger();
        entries.values().forEach(ledger::restore);
        starts.values().forEach(ledger::restore);
        govern(limits);
    }

    void hear(Effect told, Instant now) {
        if (told instanceof Effect.ClaimPermit claim) {
            carryOut(ledger.claim(claim.claim()));
        } else if (told instanceof Effect.ReleasePermit over) {
            carryOut(ledger.release(over.claim().claimId(), over.unused()));
        }
        give(now);
    }

    void give(Instant now) {
        carryOut(ledger.give(now, MOST));
    }

    boolean isIdle() {
        List<LimitUse> use = ledger.use();
        return entries.isEmpty() && use.stream().allMatch(one -> one.held() == 0 && one.waiting() == 0);
    }

    private void carryOut(Moves moves) {
        for (Change change : moves.changes()) {
            if (change instanceof Change.PutEntry put) {
                entries.put(put.entry().claim().claimId(), put.entry());
            } else if (change instanceof Change.DropEntry drop) {
                entries.remove(drop.claimId());
            } else if (change instanceof Change.PutStart put) {
                starts.put(put.start().number(), put.start());
            } else if (change instanceof Change.DropStart drop) {
                starts.remove(drop.number());
            }
        }
        moves.permits().forEach(permits);
    }
}

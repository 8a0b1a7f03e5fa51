package io.quittance.streams.history;

import io.quittance.streams.domain.Command;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What has come for requests that have not, as the model remembers it. */
final class Waiting {
    private final List<Kept> kept = new ArrayList<>();

    private record Kept(String requestId, Command command, Instant at) {}

    void keep(String requestId, Command command, Instant at) {
        if (kept.stream().noneMatch(one -> one.command().equals(command))) {
            kept.add(new Kept(requestId, command, at));
        }
    }

    List<Command.Decide> decisions(String requestId) {
        return of(requestId, Command.Decide.class);
    }

    List<Command.Verify> proofs(String requestId) {
        return of(requestId, Command.Verify.class);
    }

    void forget(Command command) {
        kept.removeIf(one -> one.command().equals(command));
    }

    void forget(String requestId) {
        kept.removeIf(one -> one.requestId().equals(requestId));
    }

    /** Request ids of a subject begin with its name. */
    void giveUp(String subject, Instant now) {
        kept.removeIf(one -> one.requestId().startsWith(subject)
                && !one.at().plus(Play.SETTINGS.keepEarly()).isAfter(now));
    }

    private <T extends Command> List<T> of(String requestId, Class<T> type) {
        return kept.stream()
                .filter(one -> one.requestId().equals(requestId))
                .map(Kept::command)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}

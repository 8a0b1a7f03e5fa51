package io.quittance.streams.history;

import io.quittance.streams.domain.Command;
import io.quittance.streams.domain.Effect;
import io.quittance.streams.domain.docket.Docket;
import java.util.ArrayDeque;
import java.util.Deque;

/** One subject: its docket, and what is on its way between it and the limiter, in order. */
final class Desk {
    final String subject;
    final Deque<Effect> toLimiter = new ArrayDeque<>();
    final Deque<Command.Permit> permits = new ArrayDeque<>();
    Docket docket;

    Desk(String subject) {
        this.subject = subject;
        this.docket = Docket.empty(subject);
    }
}

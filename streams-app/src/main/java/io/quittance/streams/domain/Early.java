package io.quittance.streams.domain;

import io.quittance.streams.domain.docket.EarlyArrival;

/** What comes before its request is kept for a while. */
final class Early {
    private Early() {}

    static void keepOrRefuse(Turn turn, String requestId, EarlyArrival arrival) {
        if (turn.docket().findClosed(requestId).isPresent()) {
            turn.deadLetter(Refusal.REQUEST_CLOSED);
        } else if (turn.docket().early().stream()
                .anyMatch(kept -> kept.command().equals(arrival.command()))) {
            turn.repeated();
        } else if (turn.docket().early().size() >= turn.settings.maxEarlyPerSubject()) {
            turn.deadLetter(Refusal.TOO_MANY_EARLY);
        } else {
            turn.record(new Event.ArrivedEarly(arrival));
        }
    }

    static boolean isAbout(EarlyArrival arrival, String requestId) {
        if (arrival.command() instanceof Command.Decide decide) {
            return decide.requestId().equals(requestId);
        }
        return arrival.command() instanceof Command.Verify verify
                && verify.requestId().equals(requestId);
    }
}

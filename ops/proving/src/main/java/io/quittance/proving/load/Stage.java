package io.quittance.proving.load;

import io.quittance.proving.history.Place;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What a story needs of the world. */
interface Stage {
    Ids ids();

    Events events();

    Outbox outbox();

    Garbage garbage();

    /** Somebody nobody has spoken of yet. */
    Person nextPerson();

    /** From now on approvers answer like this when they are prompted about the request. */
    void answer(String requestId, Script script);

    /** A request was published, and is now waited for. */
    void submitted(String requestId);

    /** Something will still happen so long from now, although nobody waits for it. */
    void expectNothingBefore(Duration fromNow);

    /** Does something a while after the brokers have a record; never, if they never do. */
    void after(CompletableFuture<Place> acknowledged, int afterMs, Runnable then);
}

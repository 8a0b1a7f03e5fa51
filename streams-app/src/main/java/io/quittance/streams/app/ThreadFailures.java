package io.quittance.streams.app;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a stream thread that fails. What may pass (a broker or the registry away, a transaction that ended
 * while the process was stopped) gets a new thread, as long as that does not happen too often; everything else is a
 * mistake that would only happen again, and stops the instance. Messages of exceptions are not logged: they may hold
 * data.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ThreadFailures.class);
    private static final int MOST = 10;
    private static final Duration WITHIN = Duration.ofMinutes(10);

    private final Clock clock;
    private final Deque<Instant> replaced = new ArrayDeque<>();

    ThreadFailures(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        boolean again = mayPass(failure) && !tooOften();
        log.atError()
                .addKeyValue(
                        "failure",
                        causes(failure)
                                .map(Throwable::getClass)
                                .map(Class::getName)
                                .collect(Collectors.joining(" < ")))
                .addKeyValue("at", place(failure))
                .addKeyValue("thread", again ? "replaced" : "stops the instance")
                .log("a stream thread failed");
        return again ? StreamThreadExceptionResponse.REPLACE_THREAD : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private boolean tooOften() {
        Instant now = clock.instant();
        replaced.removeIf(earlier -> earlier.isBefore(now.minus(WITHIN)));
        replaced.add(now);
        return replaced.size() > MOST;
    }

    private static boolean mayPass(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof RetriableException
                        || cause instanceof InvalidTxnStateException
                        || cause instanceof TaskCorruptedException
                        || cause instanceof TaskMigratedException
                        || cause instanceof RestClientException
                        || cause instanceof IOException);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(10);
    }

    /** Where in our own code the innermost cause came from. */
    private static String place(Throwable failure) {
        return causes(failure)
                .reduce((outer, inner) -> inner)
                .flatMap(innermost -> Stream.of(innermost.getStackTrace())
                        .filter(frame -> frame.getClassName().startsWith("io.quittance."))
                        .findFirst())
                .map(StackTraceElement::toString)
                .orElse("elsewhere");
    }
}

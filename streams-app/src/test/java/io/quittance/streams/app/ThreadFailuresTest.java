package io.quittance.streams.app;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadFailuresTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T12:00:00Z"));
    private final InstantSource source = now::get;
    private final Clock clock = source.withZone(ZoneOffset.UTC);
    private final ThreadFailures failures = new ThreadFailures(clock);

    static Throwable[] passing() {
        return new Throwable[] {
            new TimeoutException(), new IOException(), new InvalidTxnStateException("the coordinator ended it"),
        };
    }

    static Throwable[] mistakes() {
        return new Throwable[] {
            new IllegalStateException(), new RecordTooLargeException(), new AuthorizationException("not allowed"),
        };
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatMayPassGetsANewThread(Throwable cause) {
        assertThat(failures.handle(new StreamsException(cause))).isEqualTo(REPLACE_THREAD);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeStopsTheInstance(Throwable cause) {
        assertThat(failures.handle(new StreamsException(cause))).isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void theEleventhWithinTenMinutesStopsTheInstance() {
        assertThat(IntStream.range(0, 11).mapToObj(i -> failures.handle(new TimeoutException())))
                .startsWith(REPLACE_THREAD)
                .endsWith(SHUTDOWN_CLIENT)
                .containsOnlyOnce(SHUTDOWN_CLIENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {11, 60})
    void whatIsLongAgoDoesNotCount(int minutes) {
        IntStream.range(0, 10).forEach(i -> failures.handle(new TimeoutException()));
        now.updateAndGet(before -> before.plus(Duration.ofMinutes(minutes)));

        assertThat(failures.handle(new TimeoutException())).isEqualTo(REPLACE_THREAD);
    }
}

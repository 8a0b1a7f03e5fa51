package io.quittance.streams.cli.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

/** What is known of a record that was sent. The rest is in CommandLineIT. */
class KafkaContractLogTest {

    @Test
    void whereNoAnswerComesItMayBeThere() {
        var silence = new TimeoutException("Expiring 1 record(s) for privacy.requests-0");

        assertThatThrownBy(() -> KafkaContractLog.acknowledged(CompletableFuture.failedFuture(silence)))
                .isInstanceOf(UnacknowledgedException.class)
                .hasCause(silence);
    }

    @Test
    void whatABrokerRefusesIsNotThere() {
        var refusal = new TopicAuthorizationException("privacy.requests");

        assertThatThrownBy(() -> KafkaContractLog.acknowledged(CompletableFuture.failedFuture(refusal)))
                .isSameAs(refusal);
    }

    @Test
    void whoIsInterruptedHasNoAnswer() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> KafkaContractLog.acknowledged(new CompletableFuture<>()))
                .isInstanceOf(UnacknowledgedException.class)
                .hasCauseInstanceOf(InterruptException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}

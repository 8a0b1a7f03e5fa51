package io.quittance.streams.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.contract.ContractSerdes;
import io.quittance.contract.Topics;
import io.quittance.schema.Action;
import io.quittance.schema.Completion;
import io.quittance.schema.CompletionStatus;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.DecisionEvent;
import io.quittance.schema.DirectiveEvent;
import io.quittance.schema.DirectiveKind;
import io.quittance.schema.Disposition;
import io.quittance.schema.RequestEvent;
import io.quittance.schema.Verdict;
import io.quittance.schema.VerificationEvent;
import io.quittance.schema.VerificationOutcome;
import io.quittance.schema.Withdrawal;
import io.quittance.streams.domain.Command;
import io.quittance.streams.domain.Door;
import io.quittance.streams.fixture.Events;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommandReaderTest {
    private static final Topics TOPICS = Topics.withPrefix("privacy.");
    private static final Map<String, String> SERDES = Map.of("schema.registry.url", "mock://command-reader");
    private static final long YEAR_10000 =
            Instant.parse("+10000-01-01T00:00:00Z").toEpochMilli();
    private static final long IN_NANOSECONDS = 1_795_172_400_000_000_000L;
    private static final long IN_MICROSECONDS = 1_795_172_400_000_000L;

    @ParameterizedTest
    @MethodSource("times")
    <T extends SpecificRecord> void aTimeThatConsumersCannotReadMakesNoSense(
            String field, InputTopic topic, T event, BiConsumer<T, Instant> setting) {
        for (long wild : List.of(Long.MIN_VALUE, -1L, YEAR_10000, IN_MICROSECONDS, IN_NANOSECONDS, Long.MAX_VALUE)) {
            setting.accept(event, Instant.ofEpochMilli(wild));

            assertThat(read(topic, event))
                    .isEqualTo(new Reading.Senseless(
                            "INVALID",
                            "The record was refused: " + field + " is not a time from 1970-01-01 to 9999-12-31."));
        }
    }

    @ParameterizedTest
    @MethodSource("times")
    <T extends SpecificRecord> void everyOtherTimeIsTaken(
            String field, InputTopic topic, T event, BiConsumer<T, Instant> setting) {
        for (long sound : List.of(0L, YEAR_10000 - 1)) {
            setting.accept(event, Instant.ofEpochMilli(sound));

            assertThat(read(topic, event)).as(field).isInstanceOf(Reading.Understood.class);
        }
    }

    /** A hold, a withdrawal, a denial or a proof that failed: where it is refused, the work goes on. */
    @Test
    void whatStopsWorkIsTakenWhateverTimeItNames() {
        Instant wild = Instant.ofEpochMilli(IN_NANOSECONDS);
        RequestEvent withdrawal = Events.withdraw("r-1", "s-1");
        withdrawal.setOccurredAt(wild);
        DirectiveEvent hold = Events.direct(null, "s-1", DirectiveKind.HOLD);
        hold.setOccurredAt(wild);
        DecisionEvent denial = Events.decide("r-1", "s-1", Verdict.DENY, "ada", null);
        denial.setOccurredAt(wild);
        VerificationEvent unproven = Events.verify("r-1", "s-1", 0);
        unproven.setOutcome(VerificationOutcome.REFUSED);
        unproven.setOccurredAt(wild);
        unproven.setExpiresAt(wild);

        assertThat(command(InputTopic.REQUESTS, withdrawal)).isInstanceOf(Command.Withdraw.class);
        assertThat(command(InputTopic.DIRECTIVES, hold)).isInstanceOf(Command.Direct.class);
        assertThat(command(InputTopic.DECISIONS, denial)).isInstanceOf(Command.Decide.class);
        assertThat(command(InputTopic.VERIFICATIONS, unproven)).isInstanceOf(Command.Verify.class);
    }

    /** People write reasons, and some write much. */
    @Test
    void whatStopsWorkIsTakenHoweverItsReasonIsWritten() {
        String paragraphs = "Please keep it.\r\n\tThank you." + "!".repeat(2_000);
        RequestEvent withdrawal = Events.withdraw("r-1", "s-1");
        ((Withdrawal) withdrawal.getBody()).setReason(paragraphs);
        DirectiveEvent hold = Events.direct(null, "s-1", DirectiveKind.HOLD);
        hold.setReason(paragraphs);
        DecisionEvent denial = Events.decide("r-1", "s-1", Verdict.DENY, "ada", null);
        denial.setReason(paragraphs);
        VerificationEvent unproven = Events.verify("r-1", "s-1", 7);
        unproven.setOutcome(VerificationOutcome.REFUSED);
        unproven.setMethod(paragraphs);
        unproven.setReason(paragraphs);
        unproven.setReasonCode(paragraphs);

        assertThat(command(InputTopic.REQUESTS, withdrawal)).isInstanceOf(Command.Withdraw.class);
        assertThat(command(InputTopic.VERIFICATIONS, unproven)).isInstanceOf(Command.Verify.class);
        assertThat(((Command.Direct) command(InputTopic.DIRECTIVES, hold)).reason())
                .startsWith("Please keep it. Thank you.!")
                .hasSize(256);
        assertThat(((Command.Decide) command(InputTopic.DECISIONS, denial)).reason())
                .startsWith("Please keep it. Thank you.!")
                .hasSize(1024);
    }

    @Test
    void anApprovalWithAReasonThatCannotBeKeptIsRefused() {
        DecisionEvent approval = Events.decide("r-1", "s-1", Verdict.APPROVE, "ada", null);
        approval.setReason("Fine.\nReally.");

        assertThat(read(InputTopic.DECISIONS, approval)).isInstanceOf(Reading.Senseless.class);
    }

    @Test
    void aReasonIsNotCutWithinACharacter() {
        assertThat(Door.legible("ab\uD83D\uDE00", 3)).isEqualTo("ab");
        assertThat(Door.legible("ab\uD83D\uDE00", 4)).isEqualTo("ab\uD83D\uDE00");
    }

    @Test
    void aFailedProofDoesNotExpire() {
        VerificationEvent unproven = Events.verify("r-1", "s-1", 0);
        unproven.setOutcome(VerificationOutcome.REFUSED);
        unproven.setExpiresAt(Instant.EPOCH);

        var command = (Command.Verify) command(InputTopic.VERIFICATIONS, unproven);

        assertThat(command.verification().expiresAt()).isNull();
    }

    private static Command command(InputTopic topic, SpecificRecord event) {
        Reading reading = read(topic, event);
        assertThat(reading).isInstanceOf(Reading.Understood.class);
        return ((Reading.Understood) reading).command();
    }

    static Stream<Arguments> times() {
        return Stream.of(
                time(
                        "occurred_at",
                        InputTopic.REQUESTS,
                        Events.submit("r-1", "s-1", Action.DELETE, Map.of()),
                        RequestEvent::setOccurredAt),
                time(
                        "occurred_at",
                        InputTopic.DECISIONS,
                        Events.decide("r-1", "s-1", Verdict.APPROVE, "ada", null),
                        DecisionEvent::setOccurredAt),
                time(
                        "occurred_at",
                        InputTopic.VERIFICATIONS,
                        Events.verify("r-1", "s-1", 2),
                        VerificationEvent::setOccurredAt),
                time(
                        "expires_at",
                        InputTopic.VERIFICATIONS,
                        Events.verify("r-1", "s-1", 2),
                        VerificationEvent::setExpiresAt),
                time("finished_at", InputTopic.COMPLETIONS, completion(), Completion::setFinishedAt),
                time("datasets.backup_until", InputTopic.COMPLETIONS, completion(), CommandReaderTest::setBackupUntil));
    }

    private static <T extends SpecificRecord> Arguments time(
            String field, InputTopic topic, T event, BiConsumer<T, Instant> setting) {
        return Arguments.of(field, topic, event, setting);
    }

    private static <T extends SpecificRecord> Reading read(InputTopic topic, T event) {
        String name = topic.in(TOPICS);
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) event.getClass();
        try (var serde = ContractSerdes.of(type, SERDES);
                var reader = new CommandReader(SERDES, 64 * 1024)) {
            return reader.read(topic, name, serde.serializer().serialize(name, event));
        }
    }

    private static void setBackupUntil(Completion completion, Instant until) {
        completion.getDatasets().get(0).setBackupUntil(until);
    }

    private static Completion completion() {
        return Completion.newBuilder()
                .setTaskId("r-1/shop")
                .setRequestId("r-1")
                .setSubjectId("s-1")
                .setSystem("shop")
                .setAttempt(1)
                .setGrantId("r-1#1")
                .setStatus(CompletionStatus.DONE)
                .setDatasets(List.of(DatasetOutcome.newBuilder()
                        .setDataset("people")
                        .setDisposition(Disposition.BACKUP_UNTIL)
                        .setBackupUntil(Events.WRITTEN)
                        .build()))
                .setExecutor("test-executor 1")
                .setStartedAt(Events.WRITTEN)
                .setFinishedAt(Events.WRITTEN)
                .build();
    }
}

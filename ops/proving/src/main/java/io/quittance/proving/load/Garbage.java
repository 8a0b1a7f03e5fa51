package io.quittance.proving.load;

import io.quittance.proving.history.Act.Kind;
import io.quittance.proving.history.Digest;
import io.quittance.proving.load.Letter.Note;
import io.quittance.schema.Action;
import io.quittance.schema.DirectiveKind;
import io.quittance.schema.Verdict;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Publishes what belongs into the dead letters, and notes why. */
final class Garbage {
    private static final int UNKNOWN_SCHEMA = 2_000_000_000;
    /** What comes before its request is kept for so long, and a little. */
    private static final Duration EARLY_KEPT = Duration.ofSeconds(40);

    private static final int TOO_LARGE = 600 * 1024;

    private final Stage stage;

    Garbage(Stage stage) {
        this.stage = stage;
    }

    /** Something that can be read and is about nothing. */
    void senseless(Person person, Random dice) {
        String request = stage.ids().next();
        String subject = person.subjectId();
        Events events = stage.events();
        switch (dice.nextInt(7)) {
            case 0 ->
                senseless(events.topics.requests(), subject, events.withdrawal(request, subject), "UNKNOWN_REQUEST");
            case 1 -> {
                stage.expectNothingBefore(EARLY_KEPT);
                senseless(
                        events.topics.decisions(),
                        subject,
                        events.decision(
                                stage.ids().next(),
                                request,
                                subject,
                                Verdict.APPROVE,
                                "officer-1",
                                List.of(Events.PRIVACY_TEAM),
                                null,
                                null),
                        "UNKNOWN_REQUEST");
            }
            case 2 ->
                senseless(
                        events.topics.directives(),
                        subject,
                        events.directive(stage.ids().next(), subject, request, DirectiveKind.CANCEL, null),
                        "UNKNOWN_REQUEST");
            case 3 ->
                senseless(
                        events.topics.directives(),
                        subject,
                        events.directive(
                                stage.ids().next(),
                                subject,
                                null,
                                DirectiveKind.LIFT,
                                stage.ids().next()),
                        "UNKNOWN_HOLD");
            case 4 ->
                senseless(
                        events.topics.directives(),
                        subject,
                        events.directive(stage.ids().next(), subject, request, DirectiveKind.HOLD, null),
                        "DIRECTIVE_NEEDS_SUBJECT_SCOPE");
            case 5 ->
                senseless(
                        events.topics.completions(),
                        subject,
                        events.completion(request, subject, Estate.CRM),
                        "UNKNOWN_REQUEST");
            default -> twiceMisrouted(request, person);
        }
    }

    /** Whatever cannot be read, in every topic that somebody reads. */
    void poison(Random dice) {
        Events events = stage.events();
        for (String topic : List.of(
                events.topics.requests(),
                events.topics.decisions(),
                events.topics.verifications(),
                events.topics.directives(),
                events.topics.completions(),
                events.topics.limitPermits(),
                events.topics.limitClaims())) {
            poison(topic, noise(dice), "UNDECODABLE");
            poison(topic, ofUnknownSchema(dice), "UNDECODABLE");
            poison(topic, null, "INVALID");
        }
        poison(events.topics.requests(), large(dice), "OVERSIZED");
        poison(events.topics.decisions(), ofAnotherType(), "UNDECODABLE");
        for (String system : Estate.SYSTEMS) {
            poison(events.topics.tasks(system), noise(dice), "UNDECODABLE");
            poison(events.topics.tasks(system), null, "UNDECODABLE");
        }
        // Not the freezes: one that cannot be read stops everything, as it should.
        for (String topic : List.of(events.topics.policies(), events.topics.systems(), events.topics.limits())) {
            poison(topic, noise(dice), "UNDECODABLE,INVALID");
        }
    }

    private void twiceMisrouted(String request, Person person) {
        byte[] value = stage.events().submission(request, person, Action.ACCESS, List.of(), "auto", "staff-1");
        Letter letter = letter(stage.events().topics.requests(), "nobody", value, Kind.SENSELESS, "MISROUTED_TWICE");
        stage.outbox().send(letter.withHeader("quittance.forwarded", "1"));
    }

    private void senseless(String topic, String subject, byte[] value, String code) {
        stage.outbox().send(letter(topic, subject, value, Kind.SENSELESS, code));
    }

    private void poison(String topic, byte @Nullable [] value, String codes) {
        stage.outbox().send(letter(topic, "poison-" + stage.ids().next(), value, Kind.POISON, codes));
    }

    private static Letter letter(String topic, String key, byte @Nullable [] value, Kind kind, String codes) {
        Note note = new Note(
                kind,
                null,
                null,
                kind == Kind.POISON ? StoryKind.POISON.name() : StoryKind.SENSELESS.name(),
                List.of(),
                Map.of("codes", codes, "sha256", value == null ? "none" : Digest.sha256(value)));
        return Letter.keyed(topic, key, value, note);
    }

    /** Holds a mark, so that it is seen if it turns up anywhere but in the dead letters. */
    private static byte[] noise(Random dice) {
        byte[] bytes = new byte[20 + dice.nextInt(200)];
        dice.nextBytes(bytes);
        bytes[0] = 1;
        byte[] mark = Person.MARK.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(mark, 0, bytes, 8, mark.length);
        return bytes;
    }

    private static byte[] ofUnknownSchema(Random dice) {
        return ByteBuffer.allocate(13)
                .put((byte) 0)
                .putInt(UNKNOWN_SCHEMA)
                .putLong(dice.nextLong())
                .array();
    }

    private static byte[] large(Random dice) {
        byte[] bytes = new byte[TOO_LARGE];
        dice.nextBytes(bytes);
        return bytes;
    }

    private byte[] ofAnotherType() {
        return stage.events().freeze("poison-" + stage.ids().next(), Estate.CRM);
    }
}

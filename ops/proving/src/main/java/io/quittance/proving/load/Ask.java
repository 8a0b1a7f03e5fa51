package io.quittance.proving.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quittance.proving.history.Act.Kind;
import io.quittance.proving.history.Place;
import io.quittance.proving.load.Letter.Note;
import io.quittance.proving.load.Script.Answer;
import io.quittance.proving.load.Script.Way;
import io.quittance.schema.Action;
import io.quittance.schema.DirectiveKind;
import io.quittance.schema.Narrowing;
import io.quittance.schema.Verdict;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One request, and what people say of it. */
final class Ask {
    private final Stage stage;
    private final StoryKind story;
    private final Person person;
    private final Action action;
    private final String purpose;
    private final String requester;
    private final String requestId;
    private List<String> expected = List.of();
    private int approvals;
    private boolean permitted = true;
    private List<String> systems = List.of();

    Ask(Stage stage, StoryKind story, Person person, Action action, String purpose, String requester) {
        this.stage = stage;
        this.story = story;
        this.person = person;
        this.action = action;
        this.purpose = purpose;
        this.requester = requester;
        this.requestId = stage.ids().next();
    }

    /** Another one of the same people about the same person. */
    Ask another(Action other) {
        return new Ask(stage, story, person, other, purpose, requester);
    }

    Ask expecting(List<String> endings) {
        expected = endings;
        return this;
    }

    Ask needing(int approvers) {
        approvals = approvers;
        return this;
    }

    /** Whether anything may ever go out for it. */
    Ask permitting(boolean work) {
        permitted = work;
        return this;
    }

    /** In nothing but this system. */
    Ask within(String system) {
        systems = List.of(system);
        return this;
    }

    String requestId() {
        return requestId;
    }

    Action action() {
        return action;
    }

    void answeredBy(List<Answer> answers) {
        stage.answer(requestId, new Script(story, answers, () -> {}));
    }

    /** Something happens as soon as approvers are asked. */
    void whenPrompted(Runnable then) {
        stage.answer(requestId, new Script(story, List.of(), then));
    }

    CompletableFuture<Place> publish() {
        return publish(submission());
    }

    /** Under a key that is not the subject's. */
    CompletableFuture<Place> publishUnder(String key) {
        Letter letter = submission();
        return publish(Letter.keyed(letter.topic(), key, letter.value(), letter.note()));
    }

    /** Under the right key, in the wrong partition. */
    CompletableFuture<Place> publishAstray() {
        return publish(submission().inPartition((person.partition() + 1) % Estate.PARTITIONS));
    }

    CompletableFuture<Place> repeat() {
        return stage.outbox()
                .send(new Letter(
                        stage.events().topics.requests(),
                        null,
                        person.subjectId().getBytes(UTF_8),
                        stage.events().submission(requestId, person, action, systems, purpose, requester),
                        Map.of(),
                        note(Kind.REPEATED)));
    }

    CompletableFuture<Place> withdraw() {
        return send(
                stage.events().topics.requests(),
                stage.events().withdrawal(requestId, person.subjectId()),
                note(Kind.WITHDRAWN));
    }

    CompletableFuture<Place> verify(boolean proven) {
        return send(
                stage.events().topics.verifications(),
                stage.events().verification(requestId, person.subjectId(), proven),
                note(Kind.VERIFIED).with("proven", Boolean.toString(proven)));
    }

    CompletableFuture<Place> hold(String holdId) {
        return send(
                stage.events().topics.directives(),
                stage.events().directive(holdId, person.subjectId(), null, DirectiveKind.HOLD, null),
                note(Kind.HELD));
    }

    CompletableFuture<Place> lift(String holdId) {
        return send(
                stage.events().topics.directives(),
                stage.events().directive(stage.ids().next(), person.subjectId(), null, DirectiveKind.LIFT, holdId),
                note(Kind.LIFTED));
    }

    CompletableFuture<Place> direct(Kind act, DirectiveKind kind, String directiveId, @Nullable String holdId) {
        return send(
                stage.events().topics.directives(),
                stage.events().directive(directiveId, person.subjectId(), requestId, kind, holdId),
                note(act));
    }

    /** A decision that nobody prompted for. */
    CompletableFuture<Place> decide(Answer answer, Verdict verdict, @Nullable String planSha256) {
        return Decisions.send(stage, requestId, person.subjectId(), story, answer, verdict, planSha256);
    }

    private CompletableFuture<Place> publish(Letter letter) {
        stage.submitted(requestId);
        return stage.outbox().send(letter);
    }

    private Letter submission() {
        Note note = note(Kind.SUBMITTED).expecting(expected).with("action", action.name());
        if (approvals > 0) {
            note = note.with("approvals", Integer.toString(approvals));
        }
        if (!permitted) {
            note = note.with("no-tasks", "true");
        }
        return Letter.keyed(
                stage.events().topics.requests(),
                person.subjectId(),
                stage.events().submission(requestId, person, action, systems, purpose, requester),
                note);
    }

    private CompletableFuture<Place> send(String topic, byte[] value, Note note) {
        return stage.outbox().send(Letter.keyed(topic, person.subjectId(), value, note));
    }

    private Note note(Kind act) {
        return Note.of(act, requestId, person.subjectId(), story);
    }

    /** Decisions as they are sent, with what is odd about them. */
    static final class Decisions {
        private static final String ANOTHER_PLAN = "0".repeat(64);

        private Decisions() {}

        static CompletableFuture<Place> send(
                Stage stage,
                String requestId,
                String subjectId,
                StoryKind story,
                Answer answer,
                Verdict verdict,
                @Nullable String planSha256) {
            boolean tampered = answer.way() == Way.TAMPERED;
            String decisionId = stage.ids().next();
            byte[] value = stage.events()
                    .decision(
                            decisionId,
                            requestId,
                            subjectId,
                            verdict,
                            answer.approver(),
                            List.of(answer.group()),
                            tampered ? ANOTHER_PLAN : planSha256,
                            answer.onlySystem() == null
                                    ? null
                                    : new Narrowing(List.of(answer.onlySystem()), List.of(), null));
            Note note = Note.of(verdict == Verdict.REVOKE ? Kind.REVOKED : Kind.DECIDED, requestId, subjectId, story)
                    .with("decision", decisionId)
                    .with("verdict", verdict.name())
                    .with("approver", answer.approver());
            if (answer.onlySystem() != null) {
                note = note.with("only", answer.onlySystem());
            }
            if (tampered || answer.way() == Way.INELIGIBLE) {
                note = note.with("invalid", answer.way().name());
            }
            String key = answer.way() == Way.MISROUTED ? requestId : subjectId;
            return stage.outbox().send(Letter.keyed(stage.events().topics.decisions(), key, value, note));
        }
    }
}

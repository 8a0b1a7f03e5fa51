package io.quittance.proving.load;

import io.quittance.proving.history.Place;
import io.quittance.proving.load.Script.Answer;
import io.quittance.proving.load.Script.Way;
import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.Verdict;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Answers prompts as their scripts say, once each. */
final class Approvers {
    /** A revocation comes at most this long after the approval is known to be published. */
    private static final int SOON_MS = 1_200;

    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final Stage stage;
    private final ScheduledExecutorService scheduler;
    private final UnaryOperator<Runnable> careful;

    /** @param careful makes sure that a step that fails is heard of, as the scheduler does not */
    Approvers(Stage stage, ScheduledExecutorService scheduler, UnaryOperator<Runnable> careful) {
        this.stage = stage;
        this.scheduler = scheduler;
        this.careful = careful;
    }

    void learn(String requestId, Script script) {
        scripts.put(requestId, script);
    }

    void forget(String requestId) {
        scripts.remove(requestId);
        answered.remove(requestId);
    }

    void prompted(ApprovalPrompt prompt) {
        Script script = scripts.get(prompt.getRequestId());
        if (script == null || !answered.add(prompt.getRequestId())) {
            return;
        }
        scheduler.execute(careful.apply(script.prompted()));
        for (Answer answer : script.answers()) {
            scheduler.schedule(
                    careful.apply(() -> answer(prompt, script, answer)), answer.afterMs(), TimeUnit.MILLISECONDS);
        }
    }

    private void answer(ApprovalPrompt prompt, Script script, Answer planned) {
        boolean self = planned.way() == Way.INELIGIBLE;
        Answer answer = self
                ? Answer.approve(prompt.getRequesterId(), planned.group(), 0).in(Way.INELIGIBLE)
                : planned;
        CompletableFuture<Place> sent = decide(prompt, script, answer, Verdict.valueOf(answer.verdict()));
        if (planned.way() == Way.REVOKED_SOON) {
            int moment = Math.floorMod(prompt.getRequestId().hashCode(), SOON_MS);
            stage.after(sent, moment, () -> decide(prompt, script, answer, Verdict.REVOKE));
        }
    }

    private CompletableFuture<Place> decide(ApprovalPrompt prompt, Script script, Answer answer, Verdict verdict) {
        return Ask.Decisions.send(
                stage,
                prompt.getRequestId(),
                prompt.getSubjectId(),
                script.story(),
                answer,
                verdict,
                prompt.getPlanSha256());
    }
}

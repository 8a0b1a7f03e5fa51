package io.quittance.quickstart.story;

import io.quittance.harness.Awaiting;
import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.RequestState;
import java.time.Duration;
import java.time.Instant;

/** The approval is for one second, and the executors are not there in that second. */
final class ExpiredScene extends UntouchedScene {
    private static final Duration WINDOW = Duration.ofSeconds(1);

    ExpiredScene() {
        super("A grant shuts before the executors get to it", RequestState.EXPIRED);
    }

    @Override
    void goWrong(Stage stage, ApprovalPrompt prompt) {
        stage.withExecutorsPaused(() -> {
            stage.approvers.approveFor(prompt, "ada", WINDOW, "urgent, but only now");
            stage.narrator.tells("approver", "ada approves it for one second, while the executors are paused");
            AuditRecord executing = stage.compliance.await(
                    prompt.getRequestId(), audit -> audit.getState() == RequestState.EXECUTING, Stage.PATIENCE);
            awaitPast(executing.getGrants().get(0).getNotAfter());
        });
        stage.narrator.tells("executors", "are back, after the grant has shut");
    }

    @Override
    void checkMore(Stage stage, AuditRecord audit) {
        stage.check(
                audit.getTasks().stream().anyMatch(task -> "GRANT_EXPIRED".equals(task.getCode())),
                "the audit says that the executors refused because the grant had expired");
    }

    private static void awaitPast(Instant end) {
        Awaiting.until("the grant has shut", Stage.PATIENCE, () -> Instant.now().isAfter(end));
    }
}

package io.quittance.quickstart.story;

import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.RequestState;

/** The customer changes their mind after the approval, before any executor has begun. */
final class WithdrawnScene extends UntouchedScene {
    WithdrawnScene() {
        super("A customer takes a request back after it was approved", RequestState.CANCELLED);
    }

    @Override
    void goWrong(Stage stage, ApprovalPrompt prompt) {
        stage.withExecutorsPaused(() -> {
            stage.approvers.approve(prompt, "ada", "identity proven, no hold");
            stage.narrator.tells("approver", "ada approves it, while the executors are paused");
            stage.compliance.await(
                    prompt.getRequestId(), audit -> audit.getState() == RequestState.EXECUTING, Stage.PATIENCE);
            stage.publisher.withdraw(prompt.getRequestId(), prompt.getSubjectId());
            stage.narrator.tells("publisher", "withdraws it");
            stage.compliance.await(
                    prompt.getRequestId(), audit -> audit.getCode().equals("WITHDRAWN"), Stage.PATIENCE);
        });
        stage.narrator.tells("executors", "are back, and find the grant revoked");
    }

    @Override
    void checkMore(Stage stage, AuditRecord audit) {
        stage.check(
                audit.getTasks().stream().anyMatch(task -> "REVOKED".equals(task.getCode())),
                "the audit says that the executors refused because the grant was revoked");
    }
}

package io.quittance.quickstart.story;

import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.RequestState;

/** The approver says no. */
final class DeniedScene extends UntouchedScene {
    DeniedScene() {
        super("An approver denies a delete", RequestState.DENIED);
    }

    @Override
    void goWrong(Stage stage, ApprovalPrompt prompt) {
        stage.approvers.deny(prompt, "ada", "a contract is still running");
        stage.narrator.tells("approver", "ada denies it");
    }
}

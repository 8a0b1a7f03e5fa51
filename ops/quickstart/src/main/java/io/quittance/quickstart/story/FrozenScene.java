package io.quittance.quickstart.story;

import io.quittance.quickstart.shop.Shop.Customer;
import io.quittance.schema.Action;
import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.RequestState;

/** Something is wrong, nobody knows what: an operator stops everything, and lets go again. */
final class FrozenScene implements Scene {
    private static final String FREEZE = "incident-12";

    @Override
    public String title() {
        return "An operator stops everything, and lets go again";
    }

    @Override
    public void play(Stage stage) {
        Customer customer = stage.nextCustomer();
        Holdings before = stage.holdings(customer);
        stage.operator.freezeEverything(FREEZE, "ops-1", "something is wrong with the shop's backups");
        stage.narrator.tells("operator", "freezes everything");
        String request = stage.publisher.submit(
                customer.subjectId(), Requests.byCustomer(customer, Action.DELETE, "account-closure"));
        stage.narrator.tells("publisher", "DELETE for " + customer.subjectId() + " (" + request + ")");
        stage.identity.prove(request, customer.subjectId(), 2);
        ApprovalPrompt prompt = stage.approvers.awaitPrompt(request, Stage.PATIENCE);
        stage.approvers.approve(prompt, "ada", "identity proven, no hold");
        stage.narrator.tells("approver", "ada approves it");
        AuditRecord waiting =
                stage.compliance.await(request, audit -> "FROZEN".equals(audit.getCode()), Stage.PATIENCE);
        stage.narrator.tells("pipeline", waiting.getReason());
        stage.check(waiting.getGrants().isEmpty(), "approved, it waits, and no grant is open");
        stage.check(stage.holdings(customer).equals(before), "every row and every document is as it was");

        stage.operator.lift(FREEZE);
        stage.narrator.tells("operator", "lets go");
        AuditRecord audit = stage.compliance.awaitClosed(request, Stage.PATIENCE);
        stage.narrator.audit(audit);
        stage.check(audit.getState() == RequestState.FULFILLED, "what was approved is done, and nobody is asked twice");
        stage.check(stage.holdings(customer).allRows() < before.allRows(), "the customer is gone");
    }
}

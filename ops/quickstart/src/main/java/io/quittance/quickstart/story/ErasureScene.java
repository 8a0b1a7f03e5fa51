package io.quittance.quickstart.story;

import io.quittance.quickstart.shop.Shop.Customer;
import io.quittance.schema.Action;
import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposition;
import io.quittance.schema.RequestState;

/** A customer asks to be erased: a human approves exactly the plan they saw, and only the invoices stay. */
final class ErasureScene implements Scene {
    @Override
    public String title() {
        return "A customer asks to be erased, and a human approves";
    }

    @Override
    public void play(Stage stage) {
        Customer customer = stage.nextCustomer();
        Holdings before = stage.holdings(customer);
        stage.check(
                before.allRows() > 0 && before.documents() > 0,
                "the systems hold " + before.allRows() + " rows and " + before.documents() + " documents");

        String request = stage.publisher.submit(
                customer.subjectId(), Requests.byCustomer(customer, Action.DELETE, "account-closure"));
        stage.narrator.tells("publisher", "DELETE for " + customer.subjectId() + " (" + request + ")");
        stage.identity.prove(request, customer.subjectId(), 2);
        ApprovalPrompt prompt = stage.approvers.awaitPrompt(request, Stage.PATIENCE);
        stage.narrator.tells(
                "approvals",
                "group " + prompt.getGroup() + " is asked about "
                        + prompt.getPlan().getSystems().size() + " systems, plan "
                        + prompt.getPlanSha256().substring(0, 12));
        stage.check(stage.holdings(customer).equals(before), "until somebody approves, nothing is touched");
        stage.approvers.approve(prompt, "ada", "identity proven, no hold");
        stage.narrator.tells(
                "approver", "ada approves that plan, for " + prompt.getPlan().getWindowMs() / 60_000 + " minutes");
        AuditRecord audit = stage.compliance.awaitClosed(request, Stage.PATIENCE);
        stage.narrator.audit(audit);

        Holdings after = stage.holdings(customer);
        stage.check(audit.getState() == RequestState.FULFILLED, "the request is fulfilled");
        stage.check(
                after.allRows() == before.rows("invoices"),
                "by SQL: " + (before.allRows() - after.allRows()) + " rows are gone");
        stage.check(
                after.rows("invoices") == before.rows("invoices") && hasGround(audit),
                "the " + after.rows("invoices") + " invoices are kept, and the audit names the legal ground");
        stage.check(after.documents() == 0, "by listing: the archive's " + before.documents() + " documents are gone");
    }

    private static boolean hasGround(AuditRecord audit) {
        return audit.getTasks().stream()
                .flatMap(task -> task.getDatasets().stream())
                .filter(outcome -> outcome.getDataset().equals("invoices"))
                .filter(outcome -> outcome.getDisposition() == Disposition.RETAINED)
                .map(DatasetOutcome::getLegalGround)
                .anyMatch(ground -> ground != null && !ground.isBlank());
    }
}

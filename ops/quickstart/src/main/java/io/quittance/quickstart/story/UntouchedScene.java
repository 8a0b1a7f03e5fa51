package io.quittance.quickstart.story;

import io.quittance.quickstart.shop.Shop.Customer;
import io.quittance.schema.Action;
import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.RequestState;

/** A delete that must not touch anything, for one reason or another. */
abstract class UntouchedScene implements Scene {
    private final String title;
    private final RequestState end;

    UntouchedScene(String title, RequestState end) {
        this.title = title;
        this.end = end;
    }

    @Override
    public final String title() {
        return title;
    }

    @Override
    public final void play(Stage stage) {
        Customer customer = stage.nextCustomer();
        Holdings before = stage.holdings(customer);
        String request = stage.publisher.submit(
                customer.subjectId(), Requests.byCustomer(customer, Action.DELETE, "account-closure"));
        stage.narrator.tells("publisher", "DELETE for " + customer.subjectId() + " (" + request + ")");
        stage.identity.prove(request, customer.subjectId(), 2);
        ApprovalPrompt prompt = stage.approvers.awaitPrompt(request, Stage.PATIENCE);

        goWrong(stage, prompt);

        AuditRecord audit = stage.compliance.awaitClosed(request, Stage.PATIENCE);
        stage.narrator.audit(audit);
        stage.check(audit.getState() == end, "the request ends " + end);
        stage.check(stage.holdings(customer).equals(before), "every row and every document is as it was");
        checkMore(stage, audit);
    }

    /** What happens after the approvers were asked. */
    abstract void goWrong(Stage stage, ApprovalPrompt prompt);

    /** What else the audit must say. */
    void checkMore(Stage stage, AuditRecord audit) {}
}

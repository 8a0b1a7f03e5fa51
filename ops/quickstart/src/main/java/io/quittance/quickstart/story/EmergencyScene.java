package io.quittance.quickstart.story;

import io.quittance.quickstart.shop.Shop.Customer;
import io.quittance.schema.Action;
import io.quittance.schema.ApprovalPrompt;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.PromptKind;
import io.quittance.schema.RequestState;

/** Somebody on call cannot wait: nobody is asked beforehand, and somebody has to sign for it afterwards. */
final class EmergencyScene implements Scene {
    @Override
    public String title() {
        return "An emergency at night: nobody is asked, and somebody signs for it afterwards";
    }

    @Override
    public void play(Stage stage) {
        Customer customer = stage.nextCustomer();
        Holdings before = stage.holdings(customer);
        var access = Requests.byStaff(customer, Action.ACCESS, "incident-12", "staff-31", "on-call");
        String request = stage.publisher.submit(
                customer.subjectId(), Requests.inAnEmergency(access, "the customer's account is being drained"));
        stage.narrator.tells("publisher", "ACCESS for " + customer.subjectId() + " by staff-31, on call");
        AuditRecord done = stage.compliance.await(
                request, audit -> audit.getState() == RequestState.AWAITING_REVIEW, Stage.PATIENCE);
        stage.narrator.audit(done);
        stage.check(done.getDecisions().isEmpty(), "nobody was asked, and the work is done");
        stage.check(!done.getClosed(), "the request stays open until somebody has signed");

        ApprovalPrompt prompt = stage.approvers.awaitPrompt(request, Stage.PATIENCE);
        stage.check(
                prompt.getKind() == PromptKind.REVIEW, "the group " + prompt.getGroup() + " is asked to sign for it");
        stage.approvers.signOff(prompt, "ada", "the incident is real, and nothing was seen that was not needed");
        stage.narrator.tells("reviewer", "ada signs for it");

        AuditRecord audit = stage.compliance.awaitClosed(request, Stage.PATIENCE);
        stage.narrator.audit(audit);
        stage.check(audit.getState() == RequestState.FULFILLED, "the request is fulfilled");
        stage.check(
                audit.getReview() != null && "ada".equals(audit.getReview().getReviewer()),
                "the audit names the emergency, its reason and who signed");
        stage.check(stage.holdings(customer).equals(before), "nothing was changed by looking");
    }
}

package io.quittance.quickstart.story;

import io.quittance.quickstart.shop.Shop.Customer;
import io.quittance.schema.Action;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.RequestState;

/** Somebody asks for what no rule foresees. */
final class NoRuleScene implements Scene {
    @Override
    public String title() {
        return "An analyst wants a customer's data, and no rule allows it";
    }

    @Override
    public void play(Stage stage) {
        Customer customer = stage.nextCustomer();
        Holdings before = stage.holdings(customer);
        String request = stage.publisher.submit(
                customer.subjectId(), Requests.byStaff(customer, Action.EXPORT, "curiosity", "staff-17", "analyst"));
        stage.narrator.tells("publisher", "EXPORT for " + customer.subjectId() + " by staff-17, an analyst");
        AuditRecord audit = stage.compliance.awaitClosed(request, Stage.PATIENCE);
        stage.narrator.audit(audit);

        stage.check(audit.getState() == RequestState.DENIED, "without a rule the answer is no");
        stage.check(audit.getTasks().isEmpty(), "no system was asked to do anything");
        stage.check(stage.holdings(customer).equals(before), "nothing was touched");
    }
}

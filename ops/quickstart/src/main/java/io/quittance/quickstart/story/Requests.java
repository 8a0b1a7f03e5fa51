package io.quittance.quickstart.story;

import io.quittance.quickstart.shop.Shop.Customer;
import io.quittance.schema.Action;
import io.quittance.schema.BreakGlass;
import io.quittance.schema.Channel;
import io.quittance.schema.Identifiers;
import io.quittance.schema.Requester;
import io.quittance.schema.RequesterType;
import io.quittance.schema.Scope;
import io.quittance.schema.Submission;
import java.util.List;
import java.util.Map;

/** What the story's people ask for. */
final class Requests {
    private Requests() {}

    /** A customer about themselves, through the dashboard. */
    static Submission byCustomer(Customer customer, Action action, String purpose) {
        var requester = new Requester(RequesterType.SUBJECT, customer.subjectId(), List.of(), null, "DE", null);
        return submission(customer, action, purpose, requester, Channel.DASHBOARD);
    }

    /** Somebody employed, about a customer. */
    static Submission byStaff(Customer customer, Action action, String purpose, String staff, String role) {
        var requester = new Requester(RequesterType.STAFF, staff, List.of(role), null, "DE", "managed");
        return submission(customer, action, purpose, requester, Channel.INTERNAL_CALL);
    }

    /** The same, and it cannot wait. */
    static Submission inAnEmergency(Submission submission, String reason) {
        return Submission.newBuilder(submission)
                .setBreakGlass(new BreakGlass(reason))
                .build();
    }

    private static Submission submission(
            Customer customer, Action action, String purpose, Requester requester, Channel channel) {
        var identifiers =
                new Identifiers(Map.of("customer_id", customer.customerId(), "email", customer.email()), null);
        return Submission.newBuilder()
                .setAction(action)
                .setRegime("GDPR")
                .setRequester(requester)
                .setPurpose(purpose)
                .setChannel(channel)
                .setScope(new Scope(List.of(), List.of()))
                .setIdentifiers(identifiers)
                .build();
    }
}

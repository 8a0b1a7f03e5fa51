package io.quittance.quickstart;

import io.quittance.quickstart.shop.Shop.Customer;
import io.quittance.quickstart.stack.Stack;
import io.quittance.quickstart.story.Narrator;

/** What a person who wants to try something needs to know. */
final class HowToConnect {
    private HowToConnect() {}

    static void tell(Stack stack, Narrator narrator) {
        String kafka = stack.connection().bootstrapServers();
        String registry = stack.connection().registryUrl();
        Customer customer = stack.customers().get(stack.customers().size() - 1);
        narrator.plain("");
        narrator.plain("@|bold Ready.|@ Ctrl-C stops everything.");
        narrator.plain("  Kafka            " + kafka);
        narrator.plain("  schema registry  " + registry);
        narrator.plain("  Kafka Connect    " + stack.connectUrl());
        narrator.plain("  application      " + stack.appUrl() + "  (/health/ready, /metrics)");
        narrator.plain("  object store     " + stack.objectStoreUrl());
        narrator.plain("");
        narrator.plain("Try, in another terminal:");
        narrator.plain("  export QUITTANCE_BOOTSTRAP_SERVERS=" + kafka);
        narrator.plain("  export QUITTANCE_SCHEMA_REGISTRY_URL=" + registry);
        narrator.plain("  alias quittance=$PWD/streams-app/src/main/bin/quittance");
        narrator.plain(
                "  echo customer_id: " + customer.customerId() + " | quittance request submit --identifiers-file - \\");
        narrator.plain(
                "    --subject " + customer.subjectId() + " --action ANONYMIZE --regime GDPR --purpose retention \\");
        narrator.plain(
                "    --requester-type SYSTEM --requester-id nightly --role retention-job --channel SCHEDULED_JOB");
        narrator.plain("  quittance approvals list");
        narrator.plain("  quittance decide approve REQUEST --as ada --group privacy-team --reason 'no longer needed'");
        narrator.plain("  quittance audit show REQUEST");
    }
}

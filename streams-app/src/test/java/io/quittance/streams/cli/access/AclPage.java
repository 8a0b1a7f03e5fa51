package io.quittance.streams.cli.access;

import io.quittance.contract.Topics;
import io.quittance.streams.yaml.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;

/** Renders {@code ops/topics/ACLS.md} from the rules for the example that it shows. */
final class AclPage {

    private static final String EXAMPLE = """
            application-id: quittance
            principals:
              - {role: application, name: quittance}
              - {role: executor, name: executor-shop, system: shop, groups: [connect-executor-shop]}
              - {role: executor, name: executor-crm, system: crm, groups: [connect-executor-crm]}
              - {role: connect-worker, name: connect, groups: [connect], topics: [connect-configs, connect-offsets, connect-status]}
              - {role: publisher, name: dashboard}
              - {role: publisher, name: retention-job}
              - {role: identity-service, name: "CN=identity,O=Example"}
              - {role: approver-service, name: approver-service, groups: [approver-service]}
              - {role: legal, name: legal}
              - {role: operator, name: ops}
              - {role: policy-author, name: policy-author}
              - {role: compliance, name: auditor, groups: [auditor]}
              - {role: notifier, name: mailer, groups: [mailer]}
            """;

    private AclPage() {}

    static String markdown(String regenerate) {
        List<AccessRule> rules = AccessRules.of(
                Topics.withPrefix(Topics.DEFAULT_PREFIX),
                PrincipalsReader.read(new SourceFile("principals.yaml", EXAMPLE)));
        return """
                <!-- Generated from TopicCatalogue; do not edit. To regenerate: %s -->
                # Who may do what

                On a cluster with `StandardAuthorizer` and `allow.everyone.if.no.acl.found=false` every component has a principal of its own, and is allowed what the [catalogue](README.md) says it does. Nobody else is. Name the principals in a file:

                ```yaml
                %s```

                ```
                quittance acls show  --principals principals.yaml                        # the table below
                quittance acls show  --principals principals.yaml --format kafka-acls    # a script for kafka-acls.sh
                quittance acls apply --principals principals.yaml --config admin.properties
                ```

                `apply` adds what is missing, takes nothing away, and ends with exit code 5 if the cluster lets somebody do more with the pipeline's topics, groups or transactions than this. It, and `quittance topics apply`, are run by an administrator of the cluster, who is none of these principals. A principal has one part: who both asks and approves, or works for two systems, is refused. So is a group that the application or another part has, and a topic of a worker that is one of the pipeline's, or begins with `application-id` and a dash.

                | principal | as | resource | name | may |
                | --- | --- | --- | --- | --- |
                %s
                - `READ` and `WRITE` let a principal describe, too. `name*` is a prefix. No principal may do anything to the cluster itself; `IDEMPOTENT_WRITE` is not needed since Kafka 2.8 (KIP-679).
                - The application writes to topics that it reads, because a record under a wrong key is brought home once. Its internal topics and transactions are named after `application.id`; it makes the former.
                - An executor reads its own system's tasks and nobody else's. Its consumer belongs to Connect: give the connector its principal with `consumer.override.sasl.jaas.config` (the worker has to let connectors do that: `connector.client.config.override.policy=All`, as it is by default), and the executor's own clients with `kafka.sasl.jaas.config`; both through a ConfigProvider. Its group is `connect-` and the connector's name. The worker's principal then has Connect's own topics and nothing of the pipeline.
                - The approver service reads the audit because who revokes names a request, and only the audit says whose it is. Operators and legal read it for the same reason, and it has no personal data.
                - An operator sees which task topics there are, and not what is in them: `quittance systems apply` says when one is missing.
                - A policy author reads requests, which hold identifiers: `quittance policy simulate` and `request record` play them again. Leave the role out where nobody does that.
                - Readers without `groups` read without one, as `quittance audit tail` does.
                """.formatted(regenerate, EXAMPLE, table(rules));
    }

    private static String table(List<AccessRule> rules) {
        record Line(String principal, Role role, ResourcePattern resource) {}
        Map<Line, List<String>> operations = new LinkedHashMap<>();
        rules.forEach(rule -> operations
                .computeIfAbsent(new Line(rule.principal(), rule.role(), rule.resource()), unknown -> new ArrayList<>())
                .add(rule.operation().name()));
        return operations.entrySet().stream()
                .map(entry -> "| `%s` | %s | %s | `%s%s` | %s |%n"
                        .formatted(
                                entry.getKey().principal(),
                                entry.getKey().role().id(),
                                entry.getKey().resource().resourceType().name(),
                                entry.getKey().resource().name(),
                                entry.getKey().resource().patternType() == PatternType.PREFIXED ? "*" : "",
                                String.join(", ", entry.getValue())))
                .collect(Collectors.joining());
    }
}

package io.quittance.streams.cli.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;

/** The same rules as lines for Kafka's own tool, one for each principal and resource. */
public final class AclScript {

    private record Target(String principal, ResourcePattern resource) {}

    private AclScript() {}

    /** A shell script; what it calls and where comes from the same variables as in {@code create-topics.sh}. */
    public static List<String> lines(List<AccessRule> rules) {
        Map<Target, List<AclOperation>> operations = new LinkedHashMap<>();
        rules.forEach(rule -> operations
                .computeIfAbsent(new Target(rule.principal(), rule.resource()), unknown -> new ArrayList<>())
                .add(rule.operation()));
        List<String> lines = new ArrayList<>(List.of(
                "#!/bin/sh",
                "set -eu",
                "allow() {",
                "  \"${KAFKA_ACLS:-kafka-acls.sh}\" --bootstrap-server \"${BOOTSTRAP_SERVER:-localhost:9092}\""
                        + " ${COMMAND_CONFIG:+--command-config \"$COMMAND_CONFIG\"} --add \"$@\"",
                "}"));
        operations.forEach((target, allowed) -> lines.add(line(target, allowed)));
        return lines;
    }

    private static String line(Target target, List<AclOperation> operations) {
        return "allow --allow-principal " + quoted(target.principal())
                + operations.stream()
                        .map(operation -> " --operation " + operation)
                        .collect(Collectors.joining())
                + " " + option(target.resource()) + " "
                + quoted(target.resource().name())
                + (target.resource().patternType() == PatternType.PREFIXED ? " --resource-pattern-type prefixed" : "");
    }

    private static String option(ResourcePattern resource) {
        return switch (resource.resourceType()) {
            case TOPIC -> "--topic";
            case GROUP -> "--group";
            case TRANSACTIONAL_ID -> "--transactional-id";
            default -> throw new IllegalArgumentException("no rule is on a " + resource.resourceType());
        };
    }

    /** For a shell: nothing inside means anything to it. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}

package io.quittance.streams.cli.access;

import java.util.List;
import java.util.Optional;

/**
 * A principal and the part it plays.
 *
 * @param principal as Kafka writes it: {@code User:name}
 * @param role what it does
 * @param system the one it works for; of executors
 * @param groups consumer groups it may join
 * @param topics Connect's internal topics; of workers
 */
public record Holder(String principal, Role role, Optional<String> system, List<String> groups, List<String> topics) {

    public Holder {
        groups = List.copyOf(groups);
        topics = List.copyOf(topics);
    }

    /** The part it plays, in words. */
    String part() {
        return role.id() + system.map(name -> " of " + name).orElse("");
    }
}

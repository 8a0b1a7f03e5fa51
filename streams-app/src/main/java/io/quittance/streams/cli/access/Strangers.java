package io.quittance.streams.cli.access;

import io.quittance.contract.Topics;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** ACLs on a cluster that let somebody do what no rule of the pipeline asks for. */
public final class Strangers {

    private static final String ANY = "*";

    private Strangers() {}

    /** Those of the existing ACLs that reach something of this pipeline and are no rule of it. */
    public static List<AclBinding> among(
            Collection<AclBinding> existing, List<AccessRule> rules, Topics topics, Principals principals) {
        Set<AclBinding> wanted =
                new HashSet<>(rules.stream().map(AccessRule::binding).toList());
        return existing.stream()
                .filter(binding -> binding.entry().permissionType() == AclPermissionType.ALLOW)
                .filter(binding -> !wanted.contains(binding))
                .filter(binding -> reachesIn(binding.pattern(), rules, topics, principals))
                .sorted(Comparator.comparing(AclBinding::toString))
                .toList();
    }

    private static boolean reachesIn(
            ResourcePattern pattern, List<AccessRule> rules, Topics topics, Principals principals) {
        Stream<ResourcePattern> ours = Stream.concat(
                rules.stream().map(AccessRule::resource),
                topics.all(principals.systems()).stream()
                        .map(topic -> new ResourcePattern(ResourceType.TOPIC, topic.name(), PatternType.LITERAL)));
        return ours.anyMatch(resource -> overlap(pattern, resource));
    }

    private static boolean overlap(ResourcePattern one, ResourcePattern other) {
        if (one.resourceType() != other.resourceType()) {
            return false;
        }
        return covers(one, other) || covers(other, one);
    }

    private static boolean covers(ResourcePattern wide, ResourcePattern narrow) {
        if (wide.patternType() == PatternType.PREFIXED) {
            return narrow.name().startsWith(wide.name());
        }
        return wide.name().equals(narrow.name()) || wide.name().equals(ANY);
    }
}

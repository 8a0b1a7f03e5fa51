package io.quittance.streams.cli.access;

import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePattern;

/**
 * One thing that one principal may do.
 *
 * @param role why it may
 * @param principal as Kafka writes it: {@code User:name}
 */
public record AccessRule(Role role, String principal, ResourcePattern resource, AclOperation operation) {

    private static final String ANY_HOST = "*";

    /** The same, as Kafka keeps it. */
    public AclBinding binding() {
        return new AclBinding(
                resource, new AccessControlEntry(principal, ANY_HOST, operation, AclPermissionType.ALLOW));
    }
}

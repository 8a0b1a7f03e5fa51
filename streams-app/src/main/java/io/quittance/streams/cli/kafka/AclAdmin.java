package io.quittance.streams.cli.kafka;

import java.util.Collection;
import org.apache.kafka.common.acl.AclBinding;

/** Looks at a cluster's ACLs and adds to them. It cannot take one away. */
public interface AclAdmin extends AutoCloseable {

    /** All there are. */
    Collection<AclBinding> all();

    void add(Collection<AclBinding> bindings);

    @Override
    void close();
}

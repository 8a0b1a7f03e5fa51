package io.quittance.streams.cli.kafka;

import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.Connection;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SecurityDisabledException;

/** {@link AclAdmin} over Kafka's own. */
final class KafkaAclAdmin implements AclAdmin {

    private final Admin admin;

    KafkaAclAdmin(Connection connection) {
        admin = Admin.create(ClientSettings.admin(connection));
    }

    @Override
    public Collection<AclBinding> all() {
        return await(admin.describeAcls(AclBindingFilter.ANY).values());
    }

    @Override
    public void add(Collection<AclBinding> bindings) {
        await(admin.createAcls(bindings).all());
    }

    @Override
    public void close() {
        admin.close();
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof SecurityDisabledException) {
                throw CliException.failed(
                        "The brokers keep no ACLs: everybody may do everything.",
                        "Set authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer and"
                                + " allow.everyone.if.no.acl.found=false on brokers and controllers.");
            }
            throw failed.getCause() instanceof RuntimeException cause ? cause : new KafkaException(failed.getCause());
        }
    }
}

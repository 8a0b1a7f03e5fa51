package io.quittance.streams.cli;

import io.quittance.streams.cli.kafka.AclAdmin;
import io.quittance.streams.cli.kafka.Connector;
import io.quittance.streams.cli.kafka.ContractLog;
import io.quittance.streams.cli.kafka.SchemaAdmin;
import io.quittance.streams.cli.kafka.TopicAdmin;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/** Somebody else's work comes right before the first record that a command writes under a key. */
final class SlippedIn implements Connector {

    private final Connector connector;
    private final String topic;
    private final String key;
    private final Runnable work;
    private boolean done;

    SlippedIn(Connector connector, String topic, String key, Runnable work) {
        this.connector = connector;
        this.topic = topic;
        this.key = key;
        this.work = work;
    }

    @Override
    public ContractLog log(Connection connection, Consumer<String> warnings) {
        ContractLog log = connector.log(connection, warnings);
        return (ContractLog) Proxy.newProxyInstance(
                ContractLog.class.getClassLoader(),
                new Class<?>[] {ContractLog.class},
                (proxy, method, arguments) -> call(log, method, arguments));
    }

    private Object call(ContractLog log, Method method, Object[] arguments) throws Throwable {
        boolean now = method.getName().equals("append") && topic.equals(arguments[0]) && key.equals(arguments[1]);
        if (now && !done) {
            done = true;
            work.run();
        }
        try {
            return method.invoke(log, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    @Override
    public TopicAdmin admin(Connection connection) {
        return connector.admin(connection);
    }

    @Override
    public AclAdmin acls(Connection connection) {
        return connector.acls(connection);
    }

    @Override
    public SchemaAdmin schemas(Connection connection) {
        return connector.schemas(connection);
    }
}

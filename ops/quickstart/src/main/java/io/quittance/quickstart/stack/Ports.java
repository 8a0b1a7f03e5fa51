package io.quittance.quickstart.stack;

import io.quittance.harness.HarnessException;
import io.quittance.harness.ListenPort;
import java.util.Map;

/** Where the parts listen; each port can be changed by an environment variable. */
public record Ports(
        ListenPort kafka,
        ListenPort registry,
        ListenPort connect,
        ListenPort app,
        ListenPort postgres,
        ListenPort objectStore) {

    /** Any free ports, so that tests do not meet. */
    public static Ports any() {
        ListenPort any = ListenPort.any();
        return new Ports(any, any, any, any, any, any);
    }

    /** The usual ports, unless a variable says otherwise. PostgreSQL and the object store take any free one. */
    public static Ports from(Map<String, String> environment) {
        return new Ports(
                port(environment, "QUICKSTART_KAFKA_PORT", 9092),
                port(environment, "QUICKSTART_REGISTRY_PORT", 8081),
                port(environment, "QUICKSTART_CONNECT_PORT", 8083),
                port(environment, "QUICKSTART_APP_PORT", 8080),
                port(environment, "QUICKSTART_POSTGRES_PORT", 0),
                port(environment, "QUICKSTART_S3_PORT", 0));
    }

    private static ListenPort port(Map<String, String> environment, String variable, int usual) {
        String value = environment.getOrDefault(variable, Integer.toString(usual));
        try {
            return ListenPort.fixed(Integer.parseInt(value.strip()), variable);
        } catch (NumberFormatException e) {
            throw new HarnessException(variable + " is not a port: set it to a number from 0 (any free port) to 65535");
        }
    }
}

package io.quittance.bench.process;

import io.quittance.harness.KafkaCluster;
import io.quittance.harness.ListenPort;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** One Kafka node, for a JVM of its own: directory and port are the arguments. */
public final class BrokerMain {
    private BrokerMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        var port = ListenPort.fixed(Integer.parseInt(arguments[1]), "the benchmark's broker");
        KafkaCluster.start(
                Path.of(arguments[0]),
                KafkaCluster.Options.defaults()
                        .withPort(port)
                        // A thread for each core, as the cleaner and the handlers share two of them with everybody.
                        .withProperties(Map.of("num.io.threads", "4", "num.network.threads", "2")));
        new CountDownLatch(1).await();
    }
}

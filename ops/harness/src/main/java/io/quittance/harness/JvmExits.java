package io.quittance.harness;

import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps Kafka's servers, which end their process on a fatal fault, from ending the JVM that they share with us. */
final class JvmExits {
    private static final Logger LOG = LoggerFactory.getLogger(JvmExits.class);

    private JvmExits() {}

    static void refuse() {
        Exit.setExitProcedure(JvmExits::refuse);
        Exit.setHaltProcedure(JvmExits::refuse);
    }

    private static void refuse(int status, String message) {
        LOG.atError().addKeyValue("status", status).log("a server wanted to end this JVM");
        throw new HarnessException("a server wanted to end this JVM with status %d".formatted(status));
    }
}

package io.quittance.quickstart.stack;

import io.quittance.harness.Reaper;
import io.quittance.harness.RegistryProcess;
import io.quittance.harness.S3Process;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What others would run: a broker, a registry, a database, an object store. */
record Servers(Hosting.Brokers kafka, RegistryProcess registry, Hosting.Database database, S3Process objectStore)
        implements AutoCloseable {

    /** Starts all at the same time; if one does not come up, the others are stopped. */
    static Servers start(Reaper reaper, Ports ports, Hosting hosting) {
        var parts = new Parts();
        var registry = parts.begin(() ->
                RegistryProcess.start(reaper, RegistryProcess.Options.defaults().withPort(ports.registry())));
        var database = parts.begin(hosting.database());
        var objectStore = parts.begin(
                () -> S3Process.start(reaper, S3Process.Options.defaults().withPort(ports.objectStore())));
        var kafka = parts.begin(hosting.brokers());
        try {
            CompletableFuture.allOf(registry, database, objectStore, kafka).join();
            return new Servers(kafka.join(), registry.join(), database.join(), objectStore.join());
        } catch (CompletionException e) {
            parts.close();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public void close() {
        Parts.of(registry, database, objectStore, kafka).close();
    }
}

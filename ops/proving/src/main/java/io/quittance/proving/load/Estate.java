package io.quittance.proving.load;

import io.quittance.proving.ground.Ground;
import io.quittance.proving.ground.Ground.Executor;
import io.quittance.proving.ground.Ground.Executor.Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The systems of the proving ground, and how the pipeline is told of them: with its own command line. */
public final class Estate {
    /** What the names of the pipeline's topics begin with. */
    public static final String PREFIX = "privacy.";

    /** Partitions of every topic keyed by subject. */
    public static final int PARTITIONS = 4;

    static final String SALES = "sales";
    static final String CRM = "crm";
    static final String ARCHIVE = "archive";
    /** Every system of the data map. */
    static final List<String> SYSTEMS = List.of(SALES, CRM, ARCHIVE);
    /** Bucket of the system {@link #ARCHIVE}. */
    public static final String ARCHIVE_BUCKET = "archive";

    /** Tables by system and dataset, as the data map has them. */
    public static final Map<String, List<String>> TABLES =
            Map.of(SALES, List.of("order_lines", "orders", "invoices"), CRM, List.of("addresses", "customers"));

    private static final long PATIENCE_SECONDS = 120;

    private Estate() {}

    /** Settings of the application without which a run would take hours: nothing else about them is special. */
    public static Map<String, String> appSettings() {
        return Map.of(
                "early.keep", "PT30S",
                "task.retry.base", "PT1S",
                "task.retry.max", "PT5S",
                "task.retry.order.wait", "PT5S",
                "system.unreachable.recheck", "PT2S",
                "reachable.systems.poll", "PT2S",
                "grant.grace", "PT10S",
                "punctuate.interval.ms", "100");
    }

    /** An executor for each system. */
    public static List<Executor> executors() {
        return List.of(
                new Executor(SALES, Target.POSTGRES, Map.of()),
                new Executor(CRM, Target.POSTGRES, Map.of()),
                new Executor(ARCHIVE, Target.S3, Map.of()));
    }

    /**
     * Makes the topics and publishes data map, policy and limits.
     *
     * @param distribution of the application
     * @throws IllegalStateException with what the command line said, if it refuses
     */
    public static void publish(Ground ground, Path distribution) {
        var topics = new ArrayList<>(List.of(
                "topics",
                "apply",
                "--partitions",
                Integer.toString(PARTITIONS),
                "--replication-factor",
                Integer.toString(3)));
        SYSTEMS.forEach(system -> topics.addAll(List.of("--system", system)));
        run(ground, distribution, topics);
        run(ground, distribution, List.of("systems", "apply", "--as", "proving", document(ground, "systems.yaml")));
        run(ground, distribution, List.of("policy", "apply", "--as", "proving", document(ground, "policy.yaml")));
        run(ground, distribution, List.of("limits", "apply", "--as", "proving", document(ground, "limits.yaml")));
    }

    /** Text of a resource beside the documents. */
    static String text(String name) {
        try (InputStream in = Objects.requireNonNull(Estate.class.getResourceAsStream("/proving/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String document(Ground ground, String name) {
        Path file = ground.directory().resolve(name);
        try (InputStream in = Objects.requireNonNull(Estate.class.getResourceAsStream("/proving/" + name), name)) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Ground ground, Path distribution, List<String> command) {
        var whole = new ArrayList<String>();
        whole.add(distribution.resolve("bin").resolve("quittance").toString());
        whole.addAll(command);
        whole.addAll(List.of(
                "--bootstrap-server", ground.bootstrapServers(), "--schema-registry-url", ground.registryUrl()));
        String name = "quittance " + command.get(0) + " " + command.get(1);
        try {
            Path said = Files.createTempFile(ground.directory(), "quittance-", ".out");
            Process process = new ProcessBuilder(whole)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(name + " did not end within " + PATIENCE_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(name + " refused: " + Files.readString(said));
            }
            Files.delete(said);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name, e);
        }
    }
}

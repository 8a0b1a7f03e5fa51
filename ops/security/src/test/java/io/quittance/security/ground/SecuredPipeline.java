package io.quittance.security.ground;

import io.quittance.contract.Topics;
import io.quittance.harness.Awaiting;
import io.quittance.harness.HarnessException;
import io.quittance.harness.ListenPort;
import io.quittance.harness.PostgresProcess;
import io.quittance.harness.Reaper;
import io.quittance.harness.RegistryProcess;
import io.quittance.harness.S3Process;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.QuittanceCli;
import io.quittance.streams.signature.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * All of it, set up with the command line as its users would: a secured broker, the ACLs, the application and a Connect
 * worker with three executors in processes of their own. Started once for each test JVM.
 */
public final class SecuredPipeline implements AutoCloseable {
    public static final Topics TOPICS = Settings.TOPICS;
    public static final List<String> SYSTEMS = List.of("shop", "crm", "archive");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Parts parts = new Parts();
    private final Reaper reaper = parts.add(Reaper.temporary(Path.of("target", "security")));
    private final Credentials credentials;
    private final RegistryProcess registry;
    private final PostgresProcess postgres;
    private final S3Process objects;
    private final SecuredKafka kafka;
    private final Path grantKey;
    private final SigningKey approverKey = SigningKey.generate();
    private final Child application;
    private final Child worker;
    private final Rest applicationApi;
    private final Rest connectApi;

    /** @throws HarnessException if a part does not come up; nothing is left running */
    public static SecuredPipeline start() {
        try {
            return new SecuredPipeline();
        } catch (IOException | SQLException e) {
            throw new HarnessException("the secured pipeline cannot be set up", e);
        }
    }

    private SecuredPipeline() throws IOException, SQLException {
        boolean started = false;
        try {
            var registryStart = parts.begin(() -> RegistryProcess.start(reaper, RegistryProcess.Options.defaults()));
            var postgresStart = parts.begin(() -> PostgresProcess.start(reaper, PostgresProcess.Options.defaults()));
            var objectsStart = parts.begin(() -> S3Process.start(reaper, S3Process.Options.defaults()));
            credentials = Credentials.make(reaper.directory().resolve("credentials"));
            kafka = parts.add(SecuredKafka.start(reaper.directory().resolve("kafka"), credentials));
            registry = registryStart.join();
            postgres = postgresStart.join();
            objects = objectsStart.join();
            credentials.write(
                    credentials.folder().resolve("database.properties"), Map.of("password", postgres.password()));
            credentials.write(
                    credentials.folder().resolve("objects.properties"),
                    Map.of("access", objects.accessKey(), "secret", objects.secretKey()));
            fillDatabase();
            List.of("archive", Settings.EXPORT_BUCKET).forEach(objects::createBucket);
            setUp();
            grantKey = reaper.directory().resolve("grants.jwk");
            SigningKey.generate().store(grantKey);
            int port = ListenPort.any().claim("the application");
            int connectPort = ListenPort.any().claim("Connect");
            applicationApi = Rest.withToken("http://127.0.0.1:" + port, credentials.httpToken());
            connectApi = new Rest("http://127.0.0.1:" + connectPort);
            var settings = new Settings(kafka, credentials, registry.url(), objects.endpoint(), reaper.directory());
            worker = startWorker(settings, connectPort);
            application = startApplication(settings, port);
            deploy(settings);
            awaitApplication();
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    public SecuredKafka kafka() {
        return kafka;
    }

    public Credentials credentials() {
        return credentials;
    }

    /** The password that only the executors have. */
    public String databasePassword() {
        return postgres.password();
    }

    /** The keys of the object store, that only the executors have. */
    public List<String> objectStoreKeys() {
        return List.of(objects.accessKey(), objects.secretKey());
    }

    public String registryUrl() {
        return registry.url();
    }

    public Connection database() throws SQLException {
        return postgres.connect();
    }

    public Child application() {
        return application;
    }

    public Child worker() {
        return worker;
    }

    /** As those with the token see it. */
    public Rest applicationApi() {
        return applicationApi;
    }

    public Rest connectApi() {
        return connectApi;
    }

    public Path directory() {
        return reaper.directory();
    }

    /** The key that {@code decisions.jwks} has for the approver {@code ada}. */
    public SigningKey approverKey() {
        return approverKey;
    }

    /** Runs the command line as that actor. */
    public String quittance(Actor actor, String... arguments) {
        var said = new StringWriter();
        int exit = run(actor, said, arguments);
        if (exit != 0) {
            throw new HarnessException("quittance " + String.join(" ", arguments) + ": " + exit + "\n" + said);
        }
        return said.toString();
    }

    /** Runs the command line as that actor; what it says goes to {@code said}. */
    public int run(Actor actor, StringWriter said, String... arguments) {
        Path config = directory().resolve("cli-" + actor.name() + ".properties");
        if (!Files.exists(config)) {
            Map<String, String> client = new java.util.HashMap<>();
            kafka.client(actor).forEach((key, value) -> client.put(key, value.toString()));
            client.put("schema.registry.url", registry.url());
            credentials.write(config, client);
        }
        return runWith(config, said, arguments);
    }

    /** Runs the command line with a configuration of one's own. */
    public int runWith(Path config, StringWriter said, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", config.toString()));
        CommandLine line = QuittanceCli.commandLine(CliContext.ofProcess(properties -> 1))
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true));
        return line.execute(all.toArray(String[]::new));
    }

    private void setUp() throws IOException {
        var topics = new ArrayList<>(List.of("topics", "apply", "--partitions", "2"));
        SYSTEMS.forEach(system -> topics.addAll(List.of("--system", system)));
        quittance(Actor.ADMINISTRATOR, topics.toArray(String[]::new));
        quittance(
                Actor.ADMINISTRATOR,
                Stream.concat(
                                Stream.of("acls", "apply"),
                                Actor.bound()
                                        .flatMap(actor ->
                                                Stream.of("--principal", actor.role() + "=" + actor.principal())))
                        .toArray(String[]::new));
        quittance(Actor.OPERATOR, "systems", "apply", "--as", "ops-1", document("systems.yaml"));
        quittance(Actor.OPERATOR, "policy", "apply", "--as", "ops-1", document("policy.yaml"));
    }

    private String document(String name) throws IOException {
        Path file = directory().resolve(name);
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/ground/" + name))) {
            Files.copy(in, file);
        }
        return file.toString();
    }

    private void fillDatabase() throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA shop");
            statement.execute("CREATE SCHEMA crm");
            statement.execute("CREATE TABLE shop.customers (customer_id text PRIMARY KEY, name text)");
            statement.execute("CREATE TABLE crm.contacts (customer_id text PRIMARY KEY, email text)");
            statement.execute(
                    "INSERT INTO shop.customers SELECT 'c-' || n, 'name ' || n FROM generate_series(1, 500) n");
            statement.execute(
                    "INSERT INTO crm.contacts SELECT 'c-' || n, n || '@example.org' FROM generate_series(1, 500) n");
        }
    }

    private Child startApplication(Settings settings, int port) throws IOException {
        Path decisionKeys = directory().resolve("decision-keys.json");
        Files.writeString(decisionKeys, "{\"keys\":[" + approverKey.publicEntry(List.of("ada")) + "]}");
        Path config = file("application.properties", settings.application(grantKey, decisionKeys, port));
        return Child.start(
                reaper,
                "application",
                List.of("-Dlogback.configurationFile="
                        + Path.of("..", "..", "streams-app", "src", "main", "conf", "logback.xml")
                                .toAbsolutePath()),
                "io.quittance.streams.app.Quittance",
                "run",
                "--config",
                config.toString());
    }

    private Child startWorker(Settings settings, int port) throws IOException {
        Path config = file("worker.properties", settings.worker(port, Path.of("target", "plugins")));
        return Child.start(
                reaper,
                "worker",
                // Else it would be as silent as the tests are, whose class path it has.
                List.of("-Dlogback.configurationFile=" + document("worker-logback.xml")),
                "org.apache.kafka.connect.cli.ConnectDistributed",
                config.toString());
    }

    private void deploy(Settings settings) throws IOException {
        Path published = directory().resolve("grant-keys.json");
        Files.writeString(published, "{\"keys\":[" + SigningKey.read(grantKey).publicEntry(List.of()) + "]}");
        Awaiting.until("Connect answers", LIMIT, () -> {
            worker.requireAlive();
            return connectApi.get("/connectors").statusCode() == 200;
        });
        String url = postgres.jdbcUrl();
        String user = postgres.user();
        createConnector("shop", settings.jdbcExecutor(Actor.EXECUTOR_SHOP, "shop", published, url, user));
        createConnector("crm", settings.jdbcExecutor(Actor.EXECUTOR_CRM, "crm", published, url, user));
        createConnector("archive", settings.s3Executor(Actor.EXECUTOR_ARCHIVE, "archive", published));
    }

    private void createConnector(String system, Map<String, String> config) {
        String path = "/connectors/executor-" + system;
        Awaiting.until("Connect takes the connector", LIMIT, () -> {
            var answer = connectApi.put(path + "/config", config);
            if (answer.statusCode() == 400) {
                throw new HarnessException(answer.body());
            }
            return answer.statusCode() / 100 == 2;
        });
        Awaiting.until("the connector runs", LIMIT, () -> {
            var tasks = connectApi.json(path + "/status").path("tasks");
            if (tasks.path(0).path("state").asText().equals("FAILED")) {
                throw new HarnessException(tasks.path(0).path("trace").asText());
            }
            return tasks.path(0).path("state").asText().equals("RUNNING");
        });
    }

    private void awaitApplication() {
        Awaiting.until("the application is ready", LIMIT, () -> {
            application.requireAlive();
            return applicationApi.get("/health/ready").statusCode() == 200;
        });
    }

    private Path file(String name, Map<String, String> settings) throws IOException {
        Path file = directory().resolve(name);
        var properties = new Properties();
        properties.putAll(settings);
        try (var out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        return file;
    }

    /** All parts, the last one first, whatever one of them says. */
    @Override
    public void close() {
        parts.close();
    }
}

package io.quittance.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;

/**
 * A distributed Kafka Connect worker in this JVM, with its REST API on {@value ListenPort#HOST}. Plugins are found by
 * their {@code META-INF/services} entries only, on the class path and in the plugin folders.
 */
public final class ConnectWorker implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int REBALANCING = 409;

    private final Connect<?> connect;
    private final String url;
    private final LocalHttp http;

    private ConnectWorker(Connect<?> connect, String url) {
        this.connect = connect;
        this.url = url;
        this.http = new LocalHttp(url);
    }

    /**
     * What a worker is to look like.
     *
     * @param port of the REST API
     * @param groupId workers of one group share connectors; its internal topics are named after it
     * @param pluginPath folders that hold one unpacked plugin each, or folders of such folders
     * @param offsetFlushInterval how often sink offsets are committed
     * @param properties worker properties that override ours
     */
    public record Options(
            ListenPort port,
            String groupId,
            List<Path> pluginPath,
            Duration offsetFlushInterval,
            Map<String, String> properties) {
        public Options {
            pluginPath = List.copyOf(pluginPath);
            properties = Map.copyOf(properties);
        }

        public static Options defaults() {
            return new Options(ListenPort.any(), "connect", List.of(), Duration.ofSeconds(1), Map.of());
        }

        public Options withPort(ListenPort changed) {
            return new Options(changed, groupId, pluginPath, offsetFlushInterval, properties);
        }

        public Options withGroupId(String changed) {
            return new Options(port, changed, pluginPath, offsetFlushInterval, properties);
        }

        public Options withPluginPath(Path... changed) {
            return new Options(port, groupId, List.of(changed), offsetFlushInterval, properties);
        }

        public Options withOffsetFlushInterval(Duration changed) {
            return new Options(port, groupId, pluginPath, changed, properties);
        }

        public Options withProperties(Map<String, String> changed) {
            return new Options(port, groupId, pluginPath, offsetFlushInterval, changed);
        }
    }

    /**
     * A connector and its tasks.
     *
     * @param state as Connect names it: RUNNING, PAUSED, FAILED, …
     */
    public record Status(String state, List<Task> tasks) {
        /**
         * One task of a connector.
         *
         * @param trace why it failed, else empty
         */
        public record Task(int id, String state, String trace) {}

        boolean isRunning() {
            return state.equals("RUNNING")
                    && !tasks.isEmpty()
                    && tasks.stream().allMatch(task -> task.state().equals("RUNNING"));
        }
    }

    /**
     * Starts a worker and returns when its REST API answers.
     *
     * @throws HarnessException when the port is taken or the worker does not come up
     */
    public static ConnectWorker start(String bootstrapServers, Options options) {
        JvmExits.refuse();
        String url = "http://%s:%d".formatted(ListenPort.HOST, options.port().claim("Kafka Connect"));
        var worker = new ConnectWorker(startConnect(properties(bootstrapServers, url, options)), url);
        try {
            Awaiting.until(
                    "Kafka Connect answers",
                    LIMIT,
                    () -> worker.http.get("/connectors").isSuccess());
        } catch (RuntimeException e) {
            worker.close();
            throw e;
        }
        return worker;
    }

    /**
     * Unpacks a plugin's zip for {@link Options#withPluginPath}.
     *
     * @return the folder to put on the plugin path
     */
    public static Path unpackPlugin(Path zip, Path folder) {
        try {
            Zips.unpack(Files.newInputStream(zip), Directories.create(folder));
            return folder;
        } catch (IOException e) {
            throw new HarnessException("the plugin %s cannot be unpacked to %s".formatted(zip, folder), e);
        }
    }

    /** Of the REST API, without a slash at its end. */
    public String url() {
        return url;
    }

    /** Names of all connectors. */
    public List<String> connectors() {
        return ask("the list of connectors", () -> http.get("/connectors"))
                .json()
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    /** Class names of all connectors that could be created. */
    public List<String> plugins() {
        return ask("the list of plugins", () -> http.get("/connector-plugins"))
                .json()
                .valueStream()
                .map(plugin -> plugin.path("class").asText())
                .toList();
    }

    /**
     * Creates the connector, or changes its configuration.
     *
     * @throws HarnessException when Connect refuses the configuration
     */
    public void createConnector(String name, Map<String, String> config) {
        ask("the configuration of " + name, () -> http.put(path(name, "/config"), config));
    }

    /**
     * Returns when the connector and all its tasks run.
     *
     * @throws HarnessException when one of them fails
     */
    public void awaitRunning(String name) {
        Awaiting.until("the connector %s runs".formatted(name), LIMIT, () -> {
            Status status = status(name);
            requireNotFailed(name, status);
            return status.isRunning();
        });
    }

    /** What Connect says of the connector now; state UNASSIGNED while it is not yet known. */
    public Status status(String name) {
        try {
            var answer = http.get(path(name, "/status"));
            return answer.isSuccess() ? status(answer.json()) : new Status("UNASSIGNED", List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void pause(String name) {
        ask("to pause " + name, () -> http.put(path(name, "/pause"), Map.of()));
    }

    public void resume(String name) {
        ask("to resume " + name, () -> http.put(path(name, "/resume"), Map.of()));
    }

    /** Starts the connector and all its tasks again, failed or not. */
    public void restart(String name) {
        ask("to restart " + name, () -> http.post(path(name, "/restart?includeTasks=true"), Map.of()));
    }

    public void delete(String name) {
        ask("to delete " + name, () -> http.delete(path(name, "")));
    }

    /** Stops the worker and its connectors; they are there again when a worker of this group next starts. */
    @Override
    public void close() {
        connect.stop();
        connect.awaitStop();
    }

    private static Connect<?> startConnect(Map<String, String> properties) {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            return new ConnectDistributed().startConnect(properties);
        } finally {
            // Connect puts its plugin loader in place of ours.
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static Map<String, String> properties(String bootstrapServers, String url, Options options) {
        String group = options.groupId();
        var properties = new HashMap<String, String>();
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("group.id", group);
        properties.put("listeners", url);
        properties.put("plugin.discovery", "service_load");
        properties.put("key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
        properties.put("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
        for (String kind : List.of("config", "offset", "status")) {
            properties.put(kind + ".storage.topic", "%s.internal.%s".formatted(group, kind));
            properties.put(kind + ".storage.replication.factor", "1");
        }
        properties.put("offset.storage.partitions", "1");
        properties.put("status.storage.partitions", "1");
        properties.put(
                "offset.flush.interval.ms",
                Long.toString(options.offsetFlushInterval().toMillis()));
        properties.put("scheduled.rebalance.max.delay.ms", "0");
        if (!options.pluginPath().isEmpty()) {
            properties.put(
                    "plugin.path",
                    options.pluginPath().stream()
                            .map(folder -> folder.toAbsolutePath().toString())
                            .collect(Collectors.joining(",")));
        }
        properties.putAll(options.properties());
        return properties;
    }

    private static String path(String name, String rest) {
        return "/connectors/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20") + rest;
    }

    private interface Question {
        LocalHttp.Answer ask() throws IOException;
    }

    /** Asks again while the workers are rebalancing; any other refusal is final. */
    private static LocalHttp.Answer ask(String what, Question question) {
        var answers = new ArrayList<LocalHttp.Answer>(1);
        Awaiting.until("Kafka Connect answers " + what, LIMIT, () -> {
            LocalHttp.Answer answer = question.ask();
            if (answer.status() == REBALANCING) {
                return false;
            }
            if (!answer.isSuccess()) {
                throw new HarnessException("Kafka Connect refuses %s: status %d, %s"
                        .formatted(what, answer.status(), answer.message().replace('\n', ' ')));
            }
            answers.add(answer);
            return true;
        });
        return answers.get(0);
    }

    private static Status status(JsonNode json) {
        var tasks = json.path("tasks")
                .valueStream()
                .map(task -> new Status.Task(
                        task.path("id").asInt(),
                        task.path("state").asText(),
                        task.path("trace").asText("")))
                .toList();
        return new Status(json.path("connector").path("state").asText(), tasks);
    }

    private static void requireNotFailed(String name, Status status) {
        if (status.state().equals("FAILED")) {
            throw new HarnessException("the connector %s failed: ask its status".formatted(name));
        }
        status.tasks().stream()
                .filter(task -> task.state().equals("FAILED"))
                .findFirst()
                .ifPresent(task -> {
                    throw new HarnessException("task %d of the connector %s failed: %s"
                            .formatted(
                                    task.id(),
                                    name,
                                    task.trace().lines().findFirst().orElse("")));
                });
    }
}

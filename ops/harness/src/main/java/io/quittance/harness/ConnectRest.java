package io.quittance.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The REST API of a Kafka Connect worker, wherever it runs. A worker that is rebalancing is asked again. */
public class ConnectRest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int REBALANCING = 409;

    private final String url;
    private final LocalHttp http;

    /** @param url without a slash at its end */
    public ConnectRest(String url) {
        this.url = url;
        this.http = new LocalHttp(url);
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

    /** Whether it answers now. */
    boolean answers() throws IOException {
        return http.get("/connectors").isSuccess();
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

package io.quittance.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.harness.Awaiting;
import io.quittance.schema.RequestState;
import io.quittance.security.ground.Actor;
import io.quittance.security.ground.Child;
import io.quittance.security.ground.Parties;
import io.quittance.security.ground.Rest;
import io.quittance.security.ground.SecuredPipeline;
import io.quittance.security.ground.WithSecuredPipeline;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a secret can be seen by whoever may not have it: nowhere. */
@WithSecuredPipeline
class SecretsIT {

    @Test
    void noSecretIsOnACommandLineInAnEnvironmentInALogOrInAnAnswer(SecuredPipeline pipeline) throws IOException {
        // For a copy, pseudonyms are made and documents stored: every secret has been used.
        var parties = new Parties(pipeline);
        assertThat(parties.access(50).getState()).isEqualTo(RequestState.FULFILLED);
        assertThat(parties.erase(50).getState()).isEqualTo(RequestState.FULFILLED);
        Map<String, String> places = new LinkedHashMap<>();
        for (Child child : List.of(pipeline.application(), pipeline.worker())) {
            Path process = Path.of("/proc", Long.toString(child.process().pid()));
            places.put("the command line of " + child.log().getFileName(), read(process.resolve("cmdline")));
            places.put("the environment of " + child.log().getFileName(), read(process.resolve("environ")));
            places.put(child.log().getFileName().toString(), child.said());
        }
        for (String path : connectPaths()) {
            places.put("Connect's " + path, answer(pipeline.connectApi(), path, 200));
        }
        for (String path : List.of("/metrics", "/health/ready", "/health/live")) {
            places.put("the application's " + path, answer(pipeline.applicationApi(), path, 200));
        }
        String unknown = "/v1/subjects/s-50/requests/none";
        places.put("the application's " + unknown, answer(pipeline.applicationApi(), unknown, 404));
        var stranger = new Rest(pipeline.applicationApi().url());
        places.put("what the application tells whoever has no token", answer(stranger, unknown, 401));

        assertNoneIn(places, secrets(pipeline));
        // What was searched is where they would be: the configuration, and logs that tell of it.
        assertThat(places.get("Connect's /connectors/executor-shop/config"))
                .contains(
                        "\"connection.password\":\"${file:",
                        "\"basic.auth.user.info\":\"quittance:${file:",
                        "\"pseudonym.key.file\":\"/");
        assertThat(places.get("Connect's /connectors/executor-archive/config"))
                .contains("\"s3.secret.key\":\"${file:", "\"export.secret.key\":\"${file:");
        assertThat(places.get("worker.log")).contains("SinkConnectorConfig values", "sasl.jaas.config = [hidden]");
        assertThat(places.get("application.log")).contains(" INFO ");
    }

    @ParameterizedTest
    @CsvSource({"shop, JdbcExecutorConnector", "archive, S3ExecutorConnector"})
    void aRefusedConfigurationIsAnsweredWithoutTheSecretInIt(String system, String plugin, SecuredPipeline pipeline)
            throws IOException {
        Map<String, String> config = new HashMap<>();
        pipeline.connectApi()
                .json("/connectors/executor-" + system + "/config")
                .properties()
                .forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
        config.put("name", "refused");
        config.put("executor.threads", "none");

        String answer = pipeline.connectApi()
                .put("/connector-plugins/" + plugin + "/config/validate", config)
                .body();

        assertThat(answer).contains("executor.threads");
        assertNoneIn(
                Map.of("the answer", answer, "worker.log", pipeline.worker().said()), secrets(pipeline));
    }

    /** The trace of a failure is what people paste into tickets. */
    @Test
    void whoeverHasAWrongPasswordFailsWithoutShowingIt(SecuredPipeline pipeline) throws IOException {
        String wrong = "guessed-4f1c9d07";
        Path file = Files.writeString(
                pipeline.directory().resolve("credentials/wrong.properties"),
                "password=" + wrong
                        + "\nlogin=org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
                        + "executor-shop\" password=\"" + wrong + "\";\n");
        Map<String, String> config = new HashMap<>();
        pipeline.connectApi()
                .json("/connectors/executor-shop/config")
                .properties()
                .forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
        config.put("name", "wrong");
        config.put("connection.password", "${file:" + file + ":password}");
        config.put("kafka.sasl.jaas.config", "${file:" + file + ":login}");
        config.put("consumer.override.sasl.jaas.config", "${file:" + file + ":login}");

        var taken = pipeline.connectApi().put("/connectors/wrong/config", config);
        Awaiting.until(
                "the task fails",
                Duration.ofSeconds(60),
                () -> pipeline.connectApi()
                        .get("/connectors/wrong/status")
                        .body()
                        .contains("FAILED"));
        String status = pipeline.connectApi().get("/connectors/wrong/status").body();
        pipeline.connectApi().delete("/connectors/wrong");

        assertThat(status).contains("trace");
        List<String> secrets = new ArrayList<>(secrets(pipeline));
        secrets.add(wrong);
        assertNoneIn(
                Map.of(
                        "the answer",
                        taken.body(),
                        "the trace",
                        status,
                        "worker.log",
                        pipeline.worker().said()),
                secrets);
    }

    @Test
    void theCommandLineSaysThatAPasswordIsWrongAndNotWhich(SecuredPipeline pipeline) throws IOException {
        String wrong = "guessed-77aa01";
        Path config = pipeline.directory().resolve("wrong-cli.properties");
        List<String> lines = new ArrayList<>();
        pipeline.kafka().client(Actor.OPERATOR).forEach((key, value) -> lines.add(key + "=" + value));
        lines.removeIf(line -> line.startsWith("sasl.jaas.config"));
        lines.add("sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username=\"ops\""
                + " password=\"" + wrong + "\";");
        Files.write(config, lines);
        var said = new StringWriter();

        int exit = pipeline.runWith(config, said, "freeze", "list", "--schema-registry-url", pipeline.registryUrl());

        assertThat(exit).isEqualTo(1);
        assertThat(said.toString())
                .contains("does not accept who this client says it is")
                .doesNotContain(wrong);
    }

    private static List<String> connectPaths() {
        List<String> paths = new ArrayList<>(List.of("/connectors?expand=info&expand=status", "/admin/loggers"));
        for (String system : SecuredPipeline.SYSTEMS) {
            Stream.of("", "/config", "/tasks", "/status", "/tasks/0/status")
                    .forEach(of -> paths.add("/connectors/executor-" + system + of));
        }
        return paths;
    }

    private static List<String> secrets(SecuredPipeline pipeline) throws IOException {
        List<String> secrets = new ArrayList<>(pipeline.credentials().secrets());
        secrets.add(pipeline.databasePassword());
        secrets.addAll(pipeline.objectStoreKeys());
        // The private part of the key that grants are signed with.
        String key = Files.readString(pipeline.directory().resolve("grants.jwk"));
        secrets.add(key.replaceAll("(?s).*\"d\"\\s*:\\s*\"([^\"]+)\".*", "$1"));
        return secrets;
    }

    private static void assertNoneIn(Map<String, String> places, List<String> secrets) {
        assertThat(secrets).allMatch(secret -> secret.length() >= 12);
        places.forEach((place, text) -> {
            assertThat(text).as(place).isNotNull();
            // Not with containing(): what fails would print the secret.
            assertThat(secrets.stream().noneMatch(text::contains)).as(place).isTrue();
        });
    }

    /** What nobody answers, or an error does, has nothing in it to be found. */
    private static String answer(Rest api, String path, int status) throws IOException {
        var answer = api.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(status);
        return answer.body();
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}

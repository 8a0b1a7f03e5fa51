package io.quittance.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AclsCommandsTest {

    private final CliFixture cli = new CliFixture();

    @Test
    void whatAPrincipalMayIsShownWithoutACluster() {
        cli.environment.clear();

        assertThat(cli.run("acls", "show", "--prefix", "brand.", "--principal", "publisher=dashboard"))
                .isZero();

        assertThat(cli.out.lines().skip(1))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .containsSubsequence(
                                "User:dashboard", "publisher", "TOPIC", "brand.requests", "LITERAL", "WRITE"));
    }

    @Test
    void theScriptIsOneThatAShellRuns(@TempDir Path folder) throws IOException, InterruptedException {
        assertThat(cli.run(
                        "acls",
                        "show",
                        "--format",
                        "kafka-acls",
                        "--principal",
                        "application=it's $(touch hacked)",
                        "--principal",
                        "executor:shop=executor-shop"))
                .isZero();
        Path script = Files.writeString(folder.resolve("acls.sh"), cli.out);
        Path tool = Files.writeString(folder.resolve("kafka-acls.sh"), "#!/bin/sh\nprintf '<%s>' \"$@\"; echo\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();

        var builder = new ProcessBuilder("sh", script.toString()).directory(folder.toFile());
        builder.environment().put("KAFKA_ACLS", tool.toString());
        Process shell = builder.redirectErrorStream(true).start();
        String called = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(shell.waitFor()).as(called).isZero();
        assertThat(called)
                .contains(
                        "<--add><--allow-principal><User:executor-shop><--operation><READ><--topic><privacy.tasks.shop>")
                .contains("<User:it's $(touch hacked)>")
                .contains("<--topic><quittance-><--resource-pattern-type><prefixed>");
        assertThat(folder.resolve("hacked")).doesNotExist();
    }

    @Test
    void applyingAddsWhatIsMissingOnceAndShowsIt() {
        assertThat(cli.run("acls", "apply", "--principal", "compliance=auditor", "--json"))
                .isZero();
        Set<AclBinding> first = Set.copyOf(cli.pipeline.bindings);
        assertThat(cli.out)
                .contains(
                        "{\"principal\":\"User:auditor\",\"role\":\"compliance\",\"resource\":\"TOPIC\",\"name\":\"privacy.audit\",\"pattern\":\"LITERAL\",\"operation\":\"READ\",\"status\":\"added\"}");

        assertThat(cli.run("acls", "apply", "--principal", "compliance=auditor"))
                .isZero();
        assertThat(cli.out).contains("exists").doesNotContain("added");
        assertThat(cli.pipeline.bindings).isEqualTo(first).hasSize(1);
    }

    @Test
    void aDryRunAddsNothing() {
        assertThat(cli.run("acls", "apply", "--dry-run", "--principal", "compliance=auditor"))
                .isZero();

        assertThat(cli.out).contains("missing");
        assertThat(cli.pipeline.bindings).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "TOPIC, privacy.tasks.shop, LITERAL, READ",
        "TOPIC, *, LITERAL, READ",
        "TOPIC, privacy., PREFIXED, WRITE",
        "TOPIC, quittance-dockets-changelog, LITERAL, READ",
        "GROUP, quittance, LITERAL, READ",
        "TRANSACTIONAL_ID, quitt, PREFIXED, WRITE",
        "TOPIC, privacy.audit, LITERAL, ALL"
    })
    void whoeverMayDoMoreThanTheRulesIsNamedAndLeftAlone(
            ResourceType type, String name, PatternType pattern, AclOperation operation) {
        AclBinding stranger = binding(type, name, pattern, operation, AclPermissionType.ALLOW);
        cli.pipeline.bindings.add(stranger);

        assertThat(cli.run("acls", "apply", "--principal", "application=app", "--principal", "executor:shop=shop"))
                .isEqualTo(ExitCode.REFUSED);

        assertThat(cli.err).contains("User:somebody may " + operation, "Nothing was taken away");
        assertThat(cli.pipeline.bindings).contains(stranger);
    }

    @Test
    void rulesOfOthersAndRefusalsAreNobodysConcern() {
        cli.pipeline.bindings.add(
                binding(ResourceType.TOPIC, "orders", PatternType.LITERAL, AclOperation.READ, AclPermissionType.ALLOW));
        cli.pipeline.bindings.add(binding(
                ResourceType.GROUP, "privacy.audit", PatternType.LITERAL, AclOperation.READ, AclPermissionType.ALLOW));
        cli.pipeline.bindings.add(
                binding(ResourceType.TOPIC, "*", PatternType.LITERAL, AclOperation.READ, AclPermissionType.DENY));

        assertThat(cli.run("acls", "apply", "--principal", "application=app")).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auditor | is no principal of a role",
                "auditors=a | is no principal of a role",
                "compliance=* | '*' is nobody's",
                "compliance=User:ANONYMOUS | whoever does not say who it is",
                "compliance= | whoever does not say who it is",
                "executor=shop | An executor works for one system",
                "publisher:shop=dashboard | An executor works for one system",
                "executor:Shop=shop | cannot be a system"
            })
    void aMistakenPrincipalIsAnsweredWithTheRoles(String option, String answer) {
        assertThat(cli.run("acls", "show", "--principal", option)).isEqualTo(ExitCode.USAGE);

        assertThat(cli.err).contains(answer, "connect-worker");
    }

    @Test
    void oneWhoWouldBothAskAndApproveIsRefused() {
        assertThat(cli.run("acls", "show", "--principal", "publisher=me", "--principal", "approver-service=User:me"))
                .isEqualTo(ExitCode.USAGE);

        assertThat(cli.err).contains("as publisher and as approver-service");
    }

    @ParameterizedTest
    @ValueSource(strings = {"privacy.decisions", "privacy.tasks.shop", "quittance-dockets-changelog"})
    void aWorkerThatNamesATopicOfThePipelineIsRefused(String topic) {
        cli.input = """
                principals:
                  - {role: connect-worker, name: connect, topics: [connect-configs, %s]}
                """.formatted(topic);

        assertThat(cli.run("acls", "apply", "--principals", "-")).isEqualTo(ExitCode.USAGE);

        assertThat(cli.err)
                .contains("'User:connect' cannot have '" + topic + "' for its own", "Name what the worker has");
        assertThat(cli.pipeline.bindings).isEmpty();
    }

    @Test
    void aWorkersTopicsMayBeginWithThePrefixWhereThePipelineHasNone() {
        cli.input = "principals: [{role: connect-worker, name: connect, topics: [privacy.connect-configs]}]";

        assertThat(cli.run("acls", "apply", "--principals", "-")).as(cli.err).isZero();

        assertThat(cli.out).contains("privacy.connect-configs");
    }

    @Test
    void whereTopicsHaveNoPrefixAWorkerStillHasItsOwnAndNoneOfThePipelines() {
        cli.input = "principals: [{role: connect-worker, name: connect}]";
        assertThat(cli.run("acls", "show", "--prefix", "", "--principals", "-")).isZero();

        for (String topic : List.of("decisions", "tasks.shop")) {
            cli.input = "principals: [{role: connect-worker, name: connect, topics: [" + topic + "]}]";
            assertThat(cli.run("acls", "show", "--prefix", "", "--principals", "-"))
                    .isEqualTo(ExitCode.USAGE);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{role: notifier, name: mailer, groups: [quittance]} | 'User:mailer' and the application",
                "{role: executor, name: other, system: crm, groups: [connect-executor-shop]} | 'User:shop' and 'User:other'",
                "{role: connect-worker, name: connect, groups: [connect-executor-shop]} | 'User:shop' and 'User:connect'"
            })
    void whoJoinsTheGroupOfAnotherPartIsRefused(String stranger, String both) {
        cli.input = """
                principals:
                  - {role: executor, name: shop, system: shop}
                  - %s
                """.formatted(stranger);

        assertThat(cli.run("acls", "apply", "--principals", "-")).isEqualTo(ExitCode.USAGE);

        assertThat(cli.err).contains(both + " cannot both have the group", "Give each part a group of its own");
        assertThat(cli.pipeline.bindings).isEmpty();
    }

    @Test
    void severalOfTheSamePartShareAGroup() {
        cli.input = """
                principals:
                  - {role: application, name: app, groups: [quittance]}
                  - {role: executor, name: shop-1, system: shop}
                  - {role: executor, name: shop-2, system: shop}
                  - {role: connect-worker, name: worker-1}
                  - {role: connect-worker, name: worker-2}
                """;

        assertThat(cli.run("acls", "apply", "--principals", "-")).isZero();
    }

    @Test
    void everyMistakeInAFileIsShownWithItsPosition() {
        cli.input = """
                application-id: quittance
                principals:
                  - {role: publishers, name: dashboard}
                  - {role: executor, name: shop}
                  - {role: compliance, name: auditor, topics: [a]}
                  - {role: compliance, name: other, groups: ['*']}
                other: 1
                """;

        assertThat(cli.run("acls", "show", "--principals", "-")).isEqualTo(ExitCode.REFUSED);

        assertThat(cli.err)
                .contains("-:3:5: 'publishers' is no role")
                .contains("-:4:5: An executor works for one system")
                .contains("-:5:5: Only a connect-worker has topics")
                .contains("-:6:5: A group or a topic is named one by one")
                .contains("-:7:1: Unknown key 'other'");
    }

    @Test
    void aFileAndOptionsAtOnceAreRefused() {
        assertThat(cli.run("acls", "show", "--principals", "-", "--principal", "compliance=auditor"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("acls", "show")).isEqualTo(ExitCode.USAGE);

        assertThat(cli.err).contains("It is not said, or said twice");
    }

    private static AclBinding binding(
            ResourceType type, String name, PatternType pattern, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry("User:somebody", "*", operation, permission));
    }
}

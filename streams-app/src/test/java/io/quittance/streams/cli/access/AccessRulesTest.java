package io.quittance.streams.cli.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quittance.contract.TopicCatalogue;
import io.quittance.contract.TopicSpec;
import io.quittance.contract.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRulesTest {

    private static final Topics TOPICS = Topics.withPrefix("brand.");
    private static final Pattern JSON = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);
    private static final List<String> ONE_OF_EACH = List.of(
            "application=app",
            "executor:shop=shop",
            "executor:crm=crm",
            "connect-worker=connect",
            "publisher=dashboard",
            "identity-service=CN=identity,O=Example",
            "approver-service=approvers",
            "legal=legal",
            "operator=ops",
            "policy-author=author",
            "compliance=auditor",
            "notifier=mailer");

    private final List<AccessRule> rules = AccessRules.of(TOPICS, PrincipalsReader.parse("quittance", ONE_OF_EACH));

    static List<TopicSpec> catalogue() {
        return TopicCatalogue.all();
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void aTopicIsWrittenAndReadByThoseTheCatalogueNamesAndTheApplicationBringsHomeWhatItReads(TopicSpec spec) {
        String topic = spec.family() ? TOPICS.tasks("shop") : "brand." + spec.name();

        assertThat(holders(topic, AclOperation.READ))
                .containsExactlyInAnyOrderElementsOf(
                        spec.readBy().stream().map(party -> party.id()).toList());
        assertThat(holders(topic, AclOperation.WRITE))
                .containsAll(spec.writtenBy().stream().map(party -> party.id()).toList())
                .allMatch(role -> role.equals("application")
                        || spec.writtenBy().stream()
                                .anyMatch(party -> party.id().equals(role)));
        assertThat(spec.readBy()).isNotEmpty();
        assertThat(spec.writtenBy()).isNotEmpty();
    }

    @Test
    void anExecutorReachesNothingOfAnotherSystem() {
        assertThat(rules)
                .filteredOn(rule -> rule.principal().equals("User:shop"))
                .extracting(rule -> rule.operation() + " " + rule.resource().name())
                .containsExactlyInAnyOrder(
                        "READ brand.freezes",
                        "READ brand.tasks.shop",
                        "READ brand.revocations",
                        "READ connect-executor-shop",
                        "WRITE brand.completions",
                        "WRITE brand.dead-letters");
    }

    @Test
    void onlyTheApplicationIsGivenPrefixesAndTransactionsAndOperatorsSeeWhichTaskTopicsThereAre() {
        assertThat(rules)
                .filteredOn(rule -> rule.resource().patternType() != PatternType.LITERAL
                        || rule.resource().resourceType() == ResourceType.TRANSACTIONAL_ID)
                .extracting(rule -> rule.principal() + " " + rule.operation() + " "
                        + rule.resource().name())
                .containsExactlyInAnyOrder(
                        "User:app WRITE brand.tasks.",
                        "User:app READ quittance-",
                        "User:app WRITE quittance-",
                        "User:app CREATE quittance-",
                        "User:app WRITE quittance-",
                        "User:ops DESCRIBE brand.tasks.");
    }

    @Test
    void nobodyIsGivenAnythingOfTheClusterOrOfAllResources() {
        assertThat(rules).allSatisfy(rule -> {
            assertThat(rule.resource().resourceType()).isNotEqualTo(ResourceType.CLUSTER);
            assertThat(rule.resource().name()).isNotBlank().doesNotContain("*");
            assertThat(rule.operation())
                    .isIn(
                            AclOperation.READ,
                            AclOperation.WRITE,
                            AclOperation.CREATE,
                            AclOperation.DESCRIBE,
                            AclOperation.DESCRIBE_CONFIGS);
        });
    }

    /** Whoever follows the README and the generator's defaults would otherwise get GroupAuthorizationException. */
    @ParameterizedTest
    @ValueSource(strings = {"../README.md", "../connectors/README.md"})
    void connectorsOfTheReadmesMayJoinTheirGroupsByDefault(Path readme) throws IOException {
        List<JsonNode> connectors = connectors(readme);

        assertThat(connectors).isNotEmpty().allSatisfy(connector -> {
            String system = connector.at("/config/system").textValue();
            Principals executor = PrincipalsReader.parse("quittance", List.of("executor:" + system + "=any"));
            assertThat(AccessRules.of(TOPICS, executor))
                    .filteredOn(rule -> rule.resource().resourceType() == ResourceType.GROUP)
                    .extracting(rule -> rule.resource().name())
                    .containsExactly("connect-" + connector.path("name").textValue());
        });
    }

    private static List<JsonNode> connectors(Path readme) throws IOException {
        var json = new ObjectMapper();
        var connectors = new ArrayList<JsonNode>();
        for (MatchResult block :
                JSON.matcher(Files.readString(readme)).results().toList()) {
            JsonNode shown = json.readTree(block.group(1));
            if (shown.at("/config/connector.class").isTextual()) {
                connectors.add(shown);
            }
        }
        return connectors;
    }

    private List<String> holders(String topic, AclOperation operation) {
        return rules.stream()
                .filter(rule -> rule.resource().resourceType() == ResourceType.TOPIC)
                .filter(rule -> rule.operation() == operation)
                .filter(rule -> rule.resource().patternType() == PatternType.LITERAL
                        ? topic.equals(rule.resource().name())
                        : topic.startsWith(rule.resource().name()))
                .map(rule -> rule.role().id())
                .distinct()
                .toList();
    }
}

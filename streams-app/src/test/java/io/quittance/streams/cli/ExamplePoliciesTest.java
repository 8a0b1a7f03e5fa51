package io.quittance.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.cli.document.CelChecker;
import io.quittance.streams.cli.policy.PolicyFile;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Approver;
import io.quittance.streams.domain.model.Channel;
import io.quittance.streams.domain.model.Identifiers;
import io.quittance.streams.domain.model.Requester;
import io.quittance.streams.domain.model.RequesterType;
import io.quittance.streams.domain.model.Scope;
import io.quittance.streams.domain.model.Submission;
import io.quittance.streams.domain.policy.ApproverFacts;
import io.quittance.streams.domain.policy.Facts;
import io.quittance.streams.domain.policy.Policy;
import io.quittance.streams.policy.CelPredicates;
import io.quittance.streams.yaml.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples that people copy are sound, tested, and told of. */
class ExamplePoliciesTest {

    private static final Path EXAMPLES = Path.of("../ops/policies");

    private final CliFixture cli = new CliFixture();

    @Test
    void thereIsNothingToRemarkOnThem() throws IOException {
        int exit = cli.run(command("policy", "check", "--strict"));

        assertThat(cli.out + cli.err).doesNotContain("error:").doesNotContain("warning:");
        assertThat(exit).isZero();
    }

    @Test
    void theirTestsPassAndReachEveryRule() throws IOException {
        int exit = cli.run(command("policy", "test", "--coverage", "--strict"));

        assertThat(cli.out + cli.err).doesNotContain("FAILED");
        assertThat(exit).as(cli.out).isZero();
    }

    @Test
    void theReadmeTellsOfAll() throws IOException {
        String readme = Files.readString(EXAMPLES.resolve("README.md"));

        assertThat(policies())
                .hasSizeGreaterThanOrEqualTo(9)
                .allSatisfy(policy ->
                        assertThat(readme).contains("(" + Path.of(policy).getFileName() + ")"));
    }

    /** Tests of policies ask who is wanted; whether a predicate lets the right people in is seen here. */
    @ParameterizedTest
    @CsvSource({
        "support-lookup, lookup, cologne, site, cologne, true",
        "support-lookup, lookup, cologne, site, bonn, false",
        "support-lookup, lookup, cologne, desk, cologne, false",
        "healthcare, treating-clinician, department-cardiology, department, cardiology, true",
        "healthcare, treating-clinician, department-cardiology, department, surgery, false",
        "healthcare, treating-clinician, department-cardiology, ward, cardiology, false",
    })
    void theirPredicatesLetTheRightPeopleIn(
            String policy, String rule, String role, String attribute, String value, boolean admitted)
            throws IOException {
        Policy read = PolicyFile.read(SourceFile.read(EXAMPLES.resolve(policy + ".policy.yaml")), new CelChecker())
                .policy();
        String predicate = read.rules().stream()
                .filter(candidate -> candidate.id().equals(rule))
                .map(found -> Objects.requireNonNull(found.ask())
                        .anyOf()
                        .get(0)
                        .allOf()
                        .get(0)
                        .when())
                .findFirst()
                .orElseThrow();
        var requester = new Requester(RequesterType.STAFF, "agent-7", List.of(role), null, null, null);
        var request = new Submission(
                "request-1",
                "subject-1",
                Action.ACCESS,
                "GDPR",
                requester,
                "test",
                Channel.INTERNAL_CALL,
                Scope.EVERYTHING,
                new Identifiers(Map.of("customer_id", "1"), null),
                CliFixture.NOW,
                null);
        var approver = new Approver("lead-1", List.of("leads"), Approver.Kind.HUMAN, Map.of(attribute, value));

        assertThat(new CelPredicates()
                        .admits(
                                Objects.requireNonNull(predicate),
                                new ApproverFacts(approver, new Facts(request, List.of(), 0, CliFixture.NOW))))
                .isEqualTo(admitted);
    }

    private static String[] command(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(words));
        command.addAll(policies());
        return command.toArray(String[]::new);
    }

    private static List<String> policies() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".policy.yaml"))
                    .sorted()
                    .toList();
        }
    }
}

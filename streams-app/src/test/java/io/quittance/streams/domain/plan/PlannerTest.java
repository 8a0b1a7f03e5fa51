package io.quittance.streams.domain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.DataMap;
import io.quittance.streams.domain.model.Dataset;
import io.quittance.streams.domain.model.Disposal;
import io.quittance.streams.domain.model.Field;
import io.quittance.streams.domain.model.Locator;
import io.quittance.streams.domain.model.Plan;
import io.quittance.streams.domain.model.PlannedSystem;
import io.quittance.streams.domain.model.Scope;
import io.quittance.streams.domain.model.SystemEntry;
import io.quittance.streams.domain.model.Transformation;
import io.quittance.streams.domain.policy.Rule;
import io.quittance.streams.domain.policy.RuleOutcome;
import io.quittance.streams.fixture.RuleBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final Rule RULE =
            RuleBuilder.rule("r1", "true", RuleOutcome.APPROVE).build();

    @Test
    void stagesFollowTheOrderAmongSystemsThroughOnesThatAreLeftOut() {
        var map = map(
                system("source", List.of(Action.DELETE)),
                system("stream", List.of(Action.EXPORT), "source"),
                system("index", List.of(Action.DELETE), "stream"),
                system("mail", List.of(Action.DELETE)));

        Plan plan = plan(Action.DELETE, Scope.EVERYTHING, map);

        assertThat(plan.systems())
                .extracting(PlannedSystem::system, PlannedSystem::stage)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("index", 1),
                        org.assertj.core.groups.Tuple.tuple("mail", 0),
                        org.assertj.core.groups.Tuple.tuple("source", 0));
    }

    @Test
    void aDeleteSparesADatasetThatHoldsMoreThanWasAskedAbout() {
        var map = map(system("shop", List.of(Action.DELETE, Action.EXPORT)));
        var contactOnly = new Scope(List.of(), List.of("contact"));

        assertThat(plan(Action.DELETE, contactOnly, map).systems().get(0).datasets())
                .containsExactly("people");
        assertThat(plan(Action.EXPORT, contactOnly, map).systems().get(0).datasets())
                .containsExactly("people", "orders");
    }

    @Test
    void whatIsLeftOutIsSparedWhereverItLies() {
        Dataset letters = folder("letters", "archive", "customers/{identifier}/");
        Dataset invoices = folder("invoices", "archive", "customers/{identifier}/invoices/");
        Dataset calls = folder("calls", "recordings", "customers/{identifier}/");
        var archive = new SystemEntry(
                "archive",
                1,
                Set.of(Action.DELETE),
                List.of(),
                List.of(letters, invoices, calls),
                Duration.ofMinutes(5),
                3);

        assertThat(Planner.spared(archive, List.of(letters))).containsExactly(invoices, calls);
        assertThat(Planner.spared(archive, List.of(calls))).containsExactly(letters, invoices);
        assertThat(Planner.spared(archive, archive.datasets())).isEmpty();
    }

    @Test
    void theOrderOfPublicationDoesNotMatter() {
        var one = map(system("a", List.of(Action.DELETE)), system("b", List.of(Action.DELETE), "a"));
        var two = map(system("b", List.of(Action.DELETE), "a"), system("a", List.of(Action.DELETE)));

        assertThat(plan(Action.DELETE, Scope.EVERYTHING, one)).isEqualTo(plan(Action.DELETE, Scope.EVERYTHING, two));
    }

    private static Dataset folder(String name, String bucket, String prefix) {
        var content = new Field("content", name, Transformation.REDACT);
        var locator = new Locator("customer_id", prefix, List.of());
        return new Dataset(name, bucket, locator, List.of(content), Disposal.ERASE, null, 0);
    }

    private static Plan plan(Action action, Scope scope, DataMap map) {
        return ((Planned.Made) Planner.plan(action, scope, "default", 1, RULE, map)).plan();
    }

    private static DataMap map(SystemEntry... entries) {
        var byName = Stream.of(entries).collect(Collectors.toMap(SystemEntry::system, Function.identity()));
        return new DataMap(byName, byName.keySet());
    }

    private static SystemEntry system(String name, List<Action> actions, String... after) {
        var locator = new Locator("customer_id", "id", List.of());
        var contact = new Field("email", "contact", Transformation.REDACT);
        var money = new Field("total", "financial", Transformation.REDACT);
        return new SystemEntry(
                name,
                1,
                Set.copyOf(actions),
                List.of(after),
                List.of(
                        new Dataset("people", "people", locator, List.of(contact), Disposal.ERASE, null, 0),
                        new Dataset("orders", "orders", locator, List.of(contact, money), Disposal.ERASE, null, 0)),
                Duration.ofMinutes(5),
                3);
    }
}

package io.quittance.streams.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quittance.streams.domain.Refusal;
import io.quittance.streams.domain.limit.LimitUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams.State;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The dashboard and the alerts are over metrics that there are. */
class MonitoringFilesTest {

    private static final Path OPS = Path.of("..", "ops");
    private static final Pattern METRIC = Pattern.compile("quittance_[a-z_]+");
    private static final Pattern STATE = Pattern.compile("\\{state=\"([^\"]+)\"");
    private static final Pattern CODES = Pattern.compile("\\{code=~\"([^\"]+)\"");

    @ParameterizedTest
    @ValueSource(strings = {"dashboards/quittance.json", "alerts/quittance.rules.yaml"})
    void namesOnlyMetricsThatAreServed(String file) throws IOException {
        Set<String> named = metrics(Files.readString(OPS.resolve(file)));

        assertThat(named).isNotEmpty().isSubsetOf(served());
    }

    @Test
    void dashboardShowsEveryMetric() throws IOException {
        String dashboard = Files.readString(OPS.resolve("dashboards/quittance.json"));
        Set<String> shown = metrics(dashboard);

        // Of a timer the dashboard shows the distribution, which holds the rest.
        assertThat(served())
                .filteredOn(name -> !name.matches(".*_seconds_(count|sum|max)|.*_task_seconds"))
                .allSatisfy(name -> assertThat(shown).contains(name));
        assertThat(new ObjectMapper().readTree(dashboard).get("panels").size()).isPositive();
    }

    /** The greatest, or the sum, of all instances hides the one that denies everything or does nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"dashboards/quittance.json", "alerts/quittance.rules.yaml"})
    void whatEachInstanceMustHaveIsAskedOfEach(String file) throws IOException {
        assertThat(Files.readString(OPS.resolve(file)))
                .contains("quittance_running", "quittance_policy_present")
                .doesNotContainPattern("(max|sum|avg)( by \\([a-z]+\\))? ?\\(quittance_(running|policy_present)");
    }

    /** A label that no series has would keep an alert silent for ever. */
    @Test
    void alertsAskForStatesAndCodesThatThereAre() throws IOException {
        String alerts = Files.readString(OPS.resolve("alerts/quittance.rules.yaml"));
        String scraped = scraped();

        assertThat(found(STATE, alerts))
                .isNotEmpty()
                .allSatisfy(state -> assertThat(scraped).contains("state=\"" + state + "\""));
        assertThat(found(CODES, alerts))
                .isNotEmpty()
                .flatMap(codes -> List.of(codes.split("\\|")))
                .allSatisfy(code -> assertThat(Refusal.values())
                        .anyMatch(refusal -> refusal.name().matches(code)));
    }

    @Test
    void everyAlertSaysHowUrgentItIsAndWhatToDo() throws IOException {
        Object rules = new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(OPS.resolve("alerts/quittance.rules.yaml")));

        assertThat(rules)
                .extracting("groups")
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .flatExtracting("rules")
                .isNotEmpty()
                .allSatisfy(rule -> {
                    assertThat(rule).extracting("labels.severity").isIn("page", "ticket");
                    assertThat(rule).extracting("annotations.summary").isNotNull();
                    assertThat(rule).extracting("annotations.description").isNotNull();
                });
    }

    private static Set<String> served() {
        return metrics(scraped().lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n")));
    }

    private static String scraped() {
        PipelineMetrics metrics = new PipelineMetrics(Clock.systemUTC());
        metrics.watchState(() -> State.RUNNING);
        metrics.watchLag(Set.of("privacy.requests"), Map::of);
        metrics.watchReferenceData(() -> true, () -> 4);
        metrics.watchFreezes(() -> 1);
        metrics.refused(Refusal.UNKNOWN_SYSTEM);
        metrics.deadLettered("UNREADABLE");
        metrics.repeated();
        metrics.forwarded();
        metrics.timerRan();
        metrics.approvalToTask(Duration.ofMillis(40));
        metrics.limiterUse("1_0", List.of(new LimitUse("deletes", 1, 2, 3)));
        String scraped = metrics.scrape();
        metrics.close();
        return scraped;
    }

    private static Set<String> found(Pattern labelled, String text) {
        return labelled.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> metrics(String text) {
        return METRIC.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }
}

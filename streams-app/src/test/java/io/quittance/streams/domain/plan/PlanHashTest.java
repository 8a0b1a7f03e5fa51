package io.quittance.streams.domain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Minimization;
import io.quittance.streams.domain.model.Plan;
import io.quittance.streams.domain.model.PlannedSystem;
import io.quittance.streams.domain.model.Transformation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanHashTest {

    private static final Plan PLAN = new Plan(
            Action.EXPORT,
            List.of(new PlannedSystem("shop", 3, 0, List.of("people"), List.of("contact", "money \"€\"\n"))),
            List.of(new Minimization("contact", Transformation.MASK)),
            "default",
            7,
            "self-service",
            Duration.ofMinutes(30));

    @Test
    void theCanonicalFormIsTheOneOfRfc8785() {
        assertThat(PlanHash.canonical("r-1", "s-1", PLAN))
                .isEqualTo("{\"plan\":{\"action\":\"EXPORT\","
                        + "\"minimizations\":[{\"category\":\"contact\",\"transformation\":\"MASK\"}],"
                        + "\"policy\":\"default\",\"policy_version\":7,\"rule\":\"self-service\","
                        + "\"systems\":[{\"categories\":[\"contact\",\"money \\\"€\\\"\\n\"],"
                        + "\"datasets\":[\"people\"],\"map_version\":3,\"stage\":0,\"system\":\"shop\"}],"
                        + "\"window_ms\":1800000},\"request_id\":\"r-1\",\"subject_id\":\"s-1\"}");
    }

    @Test
    void theHashDependsOnEverythingShownAndOnWhoseRequestItIs() {
        String hash = PlanHash.of("r-1", "s-1", PLAN);

        assertThat(hash).hasSize(64).isEqualTo(PlanHash.of("r-1", "s-1", PLAN));
        assertThat(PlanHash.of("r-2", "s-1", PLAN)).isNotEqualTo(hash);
        assertThat(PlanHash.of("r-1", "s-2", PLAN)).isNotEqualTo(hash);
        assertThat(PlanHash.of("r-1", "s-1", PLAN.onlySystems(system -> false))).isNotEqualTo(hash);
    }
}

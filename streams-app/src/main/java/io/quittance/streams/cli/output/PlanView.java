package io.quittance.streams.cli.output;

import io.quittance.schema.Plan;
import io.quittance.streams.yaml.Durations;
import java.time.Duration;
import java.util.List;

/** A plan as approvers see it: what would be done, where, to which data, for how long. */
public final class PlanView {

    private PlanView() {}

    public static void print(Output out, Plan plan, String sha256) {
        out.line("Plan        " + plan.getAction() + ", by rule " + plan.getRule() + " of policy " + plan.getPolicy()
                + " version " + plan.getPolicyVersion());
        out.line("Window      " + Durations.format(Duration.ofMillis(plan.getWindowMs())) + " from release");
        out.line("SHA-256     " + sha256);
        plan.getMinimizations()
                .forEach(minimization -> out.line(
                        "Minimized   " + minimization.getCategory() + ": " + minimization.getTransformation()));
        out.line("");
        out.table(
                List.of("STAGE", "SYSTEM", "MAP", "DATASETS", "CATEGORIES"),
                plan.getSystems().stream()
                        .map(system -> List.of(
                                String.valueOf(system.getStage()),
                                system.getSystem(),
                                "v" + system.getMapVersion(),
                                String.join(", ", system.getDatasets()),
                                String.join(", ", system.getCategories())))
                        .toList(),
                "The plan names no system.");
    }
}

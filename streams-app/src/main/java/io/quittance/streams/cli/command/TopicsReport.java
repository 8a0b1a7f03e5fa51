package io.quittance.streams.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quittance.contract.ContractSchemas;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.command.TopicVerdict.Difference;
import io.quittance.streams.cli.kafka.SchemaAdmin.Standing;
import io.quittance.streams.cli.output.Output;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says for each topic how it stands, and the schema of its values.
 *
 * @param dryRun whether what is missing was left so
 * @param schemas by name of the topic
 */
record TopicsReport(Output output, boolean dryRun, Map<String, Standing> schemas) {

    /** @return exit code: whether all is as it should be */
    int print(List<TopicVerdict> verdicts) {
        if (output.json()) {
            verdicts.forEach(verdict -> output.json(json(verdict)));
        } else {
            output.table(
                    List.of("TOPIC", "PARTITIONS", "STATUS", "SCHEMA", "DIFFERENCES"),
                    verdicts.stream().map(this::row).toList(),
                    "The catalogue is empty.");
        }
        boolean asTheyShouldBe = noneDiffers(verdicts) & noneIsIncompatible(verdicts);
        return asTheyShouldBe ? ExitCode.OK : ExitCode.REFUSED;
    }

    private boolean noneDiffers(List<TopicVerdict> verdicts) {
        long differing = verdicts.stream()
                .filter(verdict -> !verdict.differences().isEmpty())
                .count();
        if (differing > 0) {
            output.note(differing + " of " + verdicts.size()
                    + " topics differ. Nothing was altered: settings can be changed with kafka-configs.sh;"
                    + " partitions of a topic keyed by subject only while no request is open.");
        }
        return differing == 0;
    }

    private boolean noneIsIncompatible(List<TopicVerdict> verdicts) {
        List<String> subjects = verdicts.stream()
                .filter(verdict -> standing(verdict) == Standing.INCOMPATIBLE)
                .map(verdict -> ContractSchemas.subject(verdict.wanted().name()))
                .toList();
        if (!subjects.isEmpty()) {
            output.note("The registry has other schemas that this version's are not compatible with, under "
                    + String.join(", ", subjects) + ". Nothing was altered: somebody else uses the subject, or the"
                    + " registry's compatibility is not BACKWARD.");
        }
        return subjects.isEmpty();
    }

    private List<String> row(TopicVerdict verdict) {
        return List.of(
                verdict.wanted().name(),
                String.valueOf(verdict.wanted().partitions()),
                status(verdict),
                schema(verdict).replace('_', ' '),
                verdict.differences().stream().map(Difference::toString).collect(Collectors.joining("; ")));
    }

    private String status(TopicVerdict verdict) {
        if (!verdict.exists()) {
            return dryRun ? "missing" : "created";
        }
        return verdict.differences().isEmpty() ? "exists" : "differs";
    }

    private String schema(TopicVerdict verdict) {
        return standing(verdict).name().toLowerCase(Locale.ROOT);
    }

    private Standing standing(TopicVerdict verdict) {
        return schemas.getOrDefault(verdict.wanted().name(), Standing.LEFT_OUT);
    }

    private ObjectNode json(TopicVerdict verdict) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("topic", verdict.wanted().name())
                .put("partitions", verdict.wanted().partitions())
                .put("status", status(verdict))
                .put("schema", schema(verdict));
        var differences = json.putArray("differences");
        verdict.differences()
                .forEach(difference -> differences
                        .addObject()
                        .put("what", difference.what())
                        .put("expected", difference.expected())
                        .put("actual", difference.actual()));
        return json;
    }
}

package io.quittance.streams.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quittance.schema.LimitClaim;
import io.quittance.schema.LimitClaimKind;
import io.quittance.schema.LimitDocument;
import io.quittance.schema.LimitPermit;
import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.Connection;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.kafka.ContractLog;
import io.quittance.streams.cli.output.Output;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** How much of each limit is used, as the topics tell it. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Show for each limit how many attempts are out under it, how many wait, and since when the first has.",
            "Read from the claims as they are kept (a week); the limiter's own view is in the metrics quittance_limit_*."
        },
        footer = {"", "Example:", "  quittance limits status"})
public final class LimitsStatusCommand extends PipelineCommand {

    public LimitsStatusCommand(CliContext context) {
        super(context);
    }

    /** One limit's line. */
    private record Use(
            LimitDocument limit,
            int out,
            int waiting,
            @Nullable Instant waitingSince) {}

    @Override
    public Integer call() {
        Connection connection = connection();
        ContractLog log = log(connection);
        List<LimitDocument> limits =
                new InForce<>(log, connection.topics().limits(), LimitDocument.class, output()).all();
        Collection<LimitClaim> claims = open(log, connection.topics().limitClaims());
        Set<String> permitted = permitted(log, connection.topics().limitPermits());
        report(limits.stream().map(limit -> use(limit, claims, permitted)).toList());
        return ExitCode.OK;
    }

    private static Collection<LimitClaim> open(ContractLog log, String topic) {
        Map<String, LimitClaim> open = new HashMap<>();
        log.scan(topic, LimitClaim.class, entry -> {
            LimitClaim claim = entry.value();
            if (claim != null && claim.getKind() == LimitClaimKind.CLAIM) {
                open.put(claim.getClaimId(), claim);
            } else if (claim != null) {
                open.remove(claim.getClaimId());
            }
        });
        return open.values();
    }

    private static Set<String> permitted(ContractLog log, String topic) {
        Set<String> permitted = new HashSet<>();
        log.scan(topic, LimitPermit.class, entry -> {
            if (entry.value() != null) {
                permitted.add(entry.value().getClaimId());
            }
        });
        return permitted;
    }

    private static Use use(LimitDocument limit, Collection<LimitClaim> claims, Set<String> permitted) {
        List<LimitClaim> under =
                claims.stream().filter(claim -> covers(limit, claim)).toList();
        List<LimitClaim> waiting = new ArrayList<>(under);
        waiting.removeIf(claim -> permitted.contains(claim.getClaimId()));
        return new Use(
                limit,
                under.size() - waiting.size(),
                waiting.size(),
                waiting.stream().map(LimitClaim::getAt).min(Instant::compareTo).orElse(null));
    }

    private static boolean covers(LimitDocument limit, LimitClaim claim) {
        return (limit.getSystems().isEmpty() || limit.getSystems().contains(claim.getSystem()))
                && (limit.getActions().isEmpty() || limit.getActions().contains(claim.getAction()));
    }

    private void report(List<Use> uses) {
        Output output = output();
        if (output.json()) {
            uses.forEach(use -> output.json(JsonNodeFactory.instance
                    .objectNode()
                    .put("limit", use.limit().getName())
                    .put("out", use.out())
                    .put("waiting", use.waiting())
                    .put("waiting_since", text(use.waitingSince()))));
            return;
        }
        output.table(
                List.of("LIMIT", "AT ONCE", "RATE", "OUT", "WAITING", "SINCE"),
                uses.stream()
                        .map(use -> List.of(
                                use.limit().getName(),
                                LimitWords.atOnce(use.limit()),
                                LimitWords.rate(use.limit()),
                                String.valueOf(use.out()),
                                String.valueOf(use.waiting()),
                                use.waitingSince() == null
                                        ? ""
                                        : use.waitingSince().toString()))
                        .toList(),
                "Nothing is limited. Publish limits with 'quittance limits apply'.");
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}

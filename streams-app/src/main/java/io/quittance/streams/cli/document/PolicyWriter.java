package io.quittance.streams.cli.document;

import static io.quittance.streams.cli.document.DocumentWriter.putUnlessEmpty;
import static io.quittance.streams.cli.document.DocumentWriter.time;

import io.quittance.schema.Alternative;
import io.quittance.schema.Ask;
import io.quittance.schema.Calendar;
import io.quittance.schema.Escalation;
import io.quittance.schema.Period;
import io.quittance.schema.Requirement;
import io.quittance.schema.Rule;
import io.quittance.schema.VerificationNeed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of a policy as YAML. */
final class PolicyWriter {

    private PolicyWriter() {}

    static Map<String, Object> rule(Rule rule) {
        Map<String, Object> yaml = new LinkedHashMap<>();
        yaml.put("id", rule.getId());
        yaml.put("when", rule.getWhen());
        yaml.put("outcome", rule.getOutcome().name());
        if (rule.getAsk() != null) {
            yaml.put("ask", ask(rule.getAsk()));
        }
        if (rule.getVerification() != null) {
            yaml.put("verification", verification(rule.getVerification()));
        }
        yaml.put("window", time(rule.getWindowMs()));
        Map<String, Object> minimize = new LinkedHashMap<>();
        rule.getMinimize()
                .forEach(minimization -> minimize.put(
                        minimization.getCategory(),
                        minimization.getTransformation().name()));
        if (!minimize.isEmpty()) {
            yaml.put("minimize", minimize);
        }
        yaml.put("on_grant_end", rule.getOnGrantEnd().name());
        if (rule.getWaitingMs() > 0) {
            yaml.put("waiting", time(rule.getWaitingMs()));
        }
        if (rule.getReview() != null) {
            yaml.put(
                    "review",
                    ordered(
                            "group",
                            rule.getReview().getGroup(),
                            "within",
                            time(rule.getReview().getWithinMs())));
        }
        putUnlessEmpty(yaml, "reason", rule.getReason());
        return yaml;
    }

    static Map<String, Object> calendar(Calendar calendar) {
        Map<String, Object> yaml = new LinkedHashMap<>();
        yaml.put("name", calendar.getName());
        yaml.put("zone", calendar.getZone());
        yaml.put("days", calendar.getDays());
        yaml.put("opens", calendar.getOpens());
        yaml.put("closes", calendar.getCloses());
        putUnlessEmpty(yaml, "holidays", calendar.getHolidays());
        putUnlessEmpty(
                yaml,
                "closed",
                calendar.getClosed().stream().map(PolicyWriter::period).toList());
        return yaml;
    }

    private static Map<String, Object> period(Period period) {
        Map<String, Object> yaml = new LinkedHashMap<>();
        putUnlessEmpty(yaml, "name", period.getName());
        yaml.put("from", period.getFrom().toString());
        yaml.put("to", period.getTo().toString());
        return yaml;
    }

    private static Map<String, Object> ask(Ask ask) {
        Map<String, Object> yaml = new LinkedHashMap<>();
        if (ask.getAnyOf().isEmpty()) {
            yaml.put("group", ask.getGroup());
            yaml.put("count", ask.getCount());
        }
        putAlternatives(yaml, ask.getAnyOf());
        yaml.put("deny_threshold", ask.getDenyThreshold());
        yaml.put("answer_within", time(ask.getAnswerWithinMs()));
        putTime(yaml, "remind_after", ask.getRemindAfterMs());
        if (ask.getEscalation() != null) {
            yaml.put("escalation", escalation(ask.getEscalation()));
        }
        yaml.put("on_silence", ask.getOnSilence().name());
        yaml.put("reason_required", ask.getReasonRequired());
        yaml.put("hash_required", ask.getHashRequired());
        yaml.put("signature_required", ask.getSignatureRequired());
        return yaml;
    }

    private static Map<String, Object> escalation(Escalation escalation) {
        Map<String, Object> yaml = new LinkedHashMap<>();
        yaml.put("after", time(escalation.getAfterMs()));
        yaml.put("mode", escalation.getMode().name());
        putAlternatives(yaml, escalation.getAnyOf());
        return yaml;
    }

    /** The only alternative needs no list of alternatives around it. */
    private static void putAlternatives(Map<String, Object> yaml, List<Alternative> anyOf) {
        if (anyOf.size() == 1) {
            yaml.putAll(alternative(anyOf.get(0)));
        } else {
            putUnlessEmpty(
                    yaml,
                    "any_of",
                    anyOf.stream().map(PolicyWriter::alternative).toList());
        }
    }

    private static Map<String, Object> alternative(Alternative alternative) {
        return Map.of(
                "all_of",
                alternative.getAllOf().stream().map(PolicyWriter::requirement).toList());
    }

    private static Map<String, Object> requirement(Requirement requirement) {
        Map<String, Object> yaml = ordered("group", requirement.getGroup(), "count", requirement.getCount());
        if (requirement.getMachine()) {
            yaml.put("machine", true);
        }
        if (requirement.getWhen() != null) {
            yaml.put("when", requirement.getWhen());
        }
        return yaml;
    }

    private static Map<String, Object> verification(VerificationNeed need) {
        Map<String, Object> yaml = new LinkedHashMap<>();
        yaml.put("identity_level", need.getIdentityLevel());
        yaml.put("intent", need.getIntent());
        yaml.put("within", time(need.getWithinMs()));
        putTime(yaml, "max_age", need.getMaxAgeMs());
        return yaml;
    }

    private static void putTime(Map<String, Object> yaml, String key, @Nullable Long millis) {
        if (millis != null) {
            yaml.put(key, time(millis));
        }
    }

    private static Map<String, Object> ordered(String first, Object value, String second, Object other) {
        Map<String, Object> yaml = new LinkedHashMap<>();
        yaml.put(first, value);
        yaml.put(second, other);
        return yaml;
    }
}

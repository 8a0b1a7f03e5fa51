package io.quittance.proving.history;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A made-up person, and what each system held on them before the run.
 *
 * @param subjectId pseudonym
 * @param customerId what finds them in the systems
 * @param email as customerId, and unique
 * @param holdings digests of rows or objects, by system and dataset
 * @param kept digests of what ANONYMIZE leaves of each row, by system and dataset; none in early histories
 */
public record Subject(
        String subjectId,
        String customerId,
        String email,
        Map<String, Map<String, List<String>>> holdings,
        @Nullable Map<String, Map<String, List<String>>> kept) {

    /** Digests of what a dataset held; empty if nothing. */
    public List<String> held(String system, String dataset) {
        return holdings.getOrDefault(system, Map.of()).getOrDefault(dataset, List.of());
    }

    /** Digests of what is to be left of a dataset's rows when they are anonymized; null if that is not known. */
    public @Nullable List<String> keptOf(String system, String dataset) {
        return kept == null ? null : kept.getOrDefault(system, Map.of()).get(dataset);
    }

    @Override
    public String toString() {
        return "Subject[" + subjectId + "]";
    }
}

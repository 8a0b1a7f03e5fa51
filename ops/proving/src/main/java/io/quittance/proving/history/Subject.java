package io.quittance.proving.history;

import java.util.List;
import java.util.Map;

/**
 * A made-up person, and what each system held on them before the run.
 *
 * @param subjectId pseudonym
 * @param customerId what finds them in the systems
 * @param email as customerId, and unique
 * @param holdings digests of rows or objects, by system and dataset
 */
public record Subject(
        String subjectId, String customerId, String email, Map<String, Map<String, List<String>>> holdings) {

    /** Digests of what a dataset held; empty if nothing. */
    public List<String> held(String system, String dataset) {
        return holdings.getOrDefault(system, Map.of()).getOrDefault(dataset, List.of());
    }

    @Override
    public String toString() {
        return "Subject[" + subjectId + "]";
    }
}

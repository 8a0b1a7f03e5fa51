package io.quittance.proving.check;

import java.util.List;
import java.util.Map;

/**
 * What stores and inboxes hold at the end.
 *
 * @param dockets last row of each subject
 * @param prompts requests whose prompt has no tombstone, and when it was written
 * @param claims claims in the limiter's ledger
 * @param freezes names of freezes that were not lifted
 * @param settled prompts, claims and freezes that there were and that are not there any more
 */
record LeftBehind(
        List<DocketRow> dockets, Map<String, Long> prompts, List<String> claims, List<String> freezes, long settled) {
    static final LeftBehind NOTHING = new LeftBehind(List.of(), Map.of(), List.of(), List.of(), 0);

    /**
     * What the head of a docket's row tells.
     *
     * @param readable whether the format is known; the rest means nothing otherwise
     * @param due when it next wants to be looked at, {@link Long#MAX_VALUE} for never
     * @param open requests that are not closed
     */
    record DocketRow(String subjectId, boolean readable, long due, int open) {}
}

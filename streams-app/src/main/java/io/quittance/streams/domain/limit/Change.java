package io.quittance.streams.domain.limit;

/** What has to be kept so that the ledger can be built again. */
public sealed interface Change {

    record PutEntry(Entry entry) implements Change {}

    record DropEntry(String claimId) implements Change {}

    record PutStart(Start start) implements Change {}

    record DropStart(long number) implements Change {}
}

package io.quittance.streams.http;

import io.quittance.streams.codec.DocketCodec;
import io.quittance.streams.domain.docket.Docket;
import io.quittance.streams.state.DocketStore;
import io.quittance.streams.state.SubjectPartition;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** Finds a subject's docket, here or at the instance that has it. What it sees may be ahead of what is committed. */
final class DocketQuery {
    private final KafkaStreams streams;
    private final @Nullable HostInfo self;
    private final int partitions;
    private final DocketCodec codec = new DocketCodec();

    /**
     * @param self where other instances reach this one; null if it was not told
     * @param partitions how many the store has
     */
    DocketQuery(KafkaStreams streams, @Nullable HostInfo self, int partitions) {
        this.streams = streams;
        this.partitions = partitions;
        this.self = self;
    }

    /** Where a docket is. */
    sealed interface Found {
        /** Here; empty if the subject has none. */
        record Here(Docket docket) implements Found {}

        /** At another instance. */
        record Elsewhere(HostInfo host) implements Found {}

        /** Nobody can tell now. */
        record Unavailable(String why) implements Found {}
    }

    Found find(String subject) {
        try {
            if (self == null) {
                // Instances that were not told their address cannot tell each other apart: only one's own can be tried.
                return read(
                        subject, SubjectPartition.of(DocketStore.key(subject).get(), partitions));
            }
            KeyQueryMetadata owner = streams.queryMetadataForKey(
                    DocketStore.NAME, DocketStore.key(subject), Serdes.Bytes().serializer());
            if (KeyQueryMetadata.NOT_AVAILABLE.equals(owner)) {
                return new Found.Unavailable("The instances are sharing out the work; try again.");
            }
            if (owner.activeHost().equals(self)) {
                return read(subject, owner.partition());
            }
            return new Found.Elsewhere(owner.activeHost());
        } catch (StreamsNotStartedException starting) {
            return new Found.Unavailable("The application is starting; try again.");
        } catch (InvalidStateStoreException moving) {
            return self == null
                    ? new Found.Unavailable("Another instance has the subject; set application.server on all of them.")
                    : new Found.Unavailable("The subject is moving to another instance; try again.");
        }
    }

    private Found read(String subject, int partition) {
        ReadOnlyKeyValueStore<Bytes, byte[]> rows = streams.store(StoreQueryParameters.fromNameAndType(
                        DocketStore.NAME, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
                .withPartition(partition));
        Optional<byte[]> row = Optional.ofNullable(rows.get(DocketStore.key(subject)));
        return new Found.Here(row.map(codec::read).orElseGet(() -> Docket.empty(subject)));
    }
}

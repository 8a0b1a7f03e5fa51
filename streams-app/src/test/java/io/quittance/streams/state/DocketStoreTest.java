package io.quittance.streams.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.codec.RowHeader;
import io.quittance.streams.domain.docket.ClosedMarker;
import io.quittance.streams.domain.docket.Docket;
import io.quittance.streams.domain.model.RequestState;
import io.quittance.streams.fixture.Stores;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocketStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final int ANY_SIZE = Integer.MAX_VALUE;

    @TempDir
    Path directory;

    private KeyValueStore<Bytes, byte[]> rows;
    private DocketStore store;

    @BeforeEach
    void open() {
        rows = Stores.rocksDb(DocketStore.NAME, directory);
        store = DocketStore.open(rows);
    }

    @AfterEach
    void close() {
        rows.close();
    }

    @Test
    void aSubjectNeverSeenHasAnEmptyDocket() {
        assertThat(store.load("s-1")).isEqualTo(Docket.empty("s-1"));
    }

    @Test
    void dueSubjectsComeEarliestFirst() {
        store.save(docket("late", NOW), NOW.plusSeconds(1), ANY_SIZE);
        store.save(docket("first", NOW), NOW.minusSeconds(9), ANY_SIZE);
        store.save(docket("second", NOW), NOW, ANY_SIZE);
        store.save(docket("never", NOW), null, ANY_SIZE);

        assertThat(store.dueBy(NOW, 10)).containsExactly("first", "second");
        assertThat(store.dueBy(NOW, 1)).containsExactly("first");
    }

    @Test
    void aNewTimeReplacesTheOld() {
        store.save(docket("s-1", NOW), NOW, ANY_SIZE);
        store.save(docket("s-1", NOW), NOW.plusSeconds(60), ANY_SIZE);

        assertThat(store.dueBy(NOW, 10)).isEmpty();
        assertThat(store.gauges().timers()).isEqualTo(1);
    }

    @Test
    void aHeaderFromBeforeTheSettingsChangedIsCorrected() {
        store.save(docket("s-1", NOW), NOW, ANY_SIZE);

        store.expect("s-1", NOW.plusSeconds(60));

        assertThat(store.dueBy(NOW, 10)).isEmpty();
        assertThat(store.dueBy(NOW.plusSeconds(60), 10)).containsExactly("s-1");
    }

    @Test
    void anEmptyDocketLeavesNothingBehind() {
        store.save(docket("s-1", NOW), NOW, ANY_SIZE);

        store.save(Docket.empty("s-1"), null, ANY_SIZE);

        assertThat(rows.get(DocketStore.key("s-1"))).isNull();
        assertThat(store.dueBy(NOW, 10)).isEmpty();
        assertThat(store.gauges().timers()).isZero();
    }

    @Test
    void whatIsTooLargeIsNotSaved() {
        assertThat(store.save(docket("s-1", NOW), NOW, 10)).isFalse();

        assertThat(rows.get(DocketStore.key("s-1"))).isNull();
        assertThat(store.dueBy(NOW, 10)).isEmpty();
    }

    @Test
    void theIndexesAreRebuiltFromTheRows() {
        store.save(docket("s-1", NOW), NOW, ANY_SIZE);
        store.save(docket("s-2", NOW), NOW.plusSeconds(60), ANY_SIZE);

        DocketStore reopened = DocketStore.open(rows);

        assertThat(reopened.dueBy(NOW.plusSeconds(60), 10)).containsExactly("s-1", "s-2");
        assertThat(reopened.gauges().timersOverdue(NOW.toEpochMilli())).isEqualTo(1);
        assertThat(reopened.gauges().oldestOpen()).isEqualTo(RowHeader.NEVER);
    }

    @Test
    void sweepingFindsEveryOldMarkerAFewRowsAtATime() {
        Instant horizon = NOW.minusSeconds(100);
        for (int i = 0; i < 10; i++) {
            store.save(docket("old-" + i, horizon.minusSeconds(1)), null, ANY_SIZE);
            store.save(docket("young-" + i, horizon.plusSeconds(1)), null, ANY_SIZE);
        }

        List<String> found = new ArrayList<>();
        for (int round = 0; round < 7; round++) {
            found.addAll(store.sweep(horizon, 3));
        }

        assertThat(found)
                .hasSize(10)
                .doesNotHaveDuplicates()
                .allSatisfy(subject -> assertThat(subject).startsWith("old-"));
        assertThat(store.sweep(horizon, 3)).containsExactly("old-0", "old-1", "old-2");
    }

    private static Docket docket(String subject, Instant closedAt) {
        var marker = new ClosedMarker("r-" + subject, RequestState.FULFILLED, closedAt, List.of());
        return new Docket(subject, List.of(), List.of(marker), List.of(), List.of());
    }
}

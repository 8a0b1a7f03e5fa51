package io.quittance.streams.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.codec.RowHeader;
import io.quittance.streams.domain.docket.Authority;
import io.quittance.streams.domain.docket.Case;
import io.quittance.streams.domain.docket.ClosedMarker;
import io.quittance.streams.domain.docket.Docket;
import io.quittance.streams.domain.docket.Standing;
import io.quittance.streams.domain.docket.Story;
import io.quittance.streams.domain.model.Action;
import io.quittance.streams.domain.model.Channel;
import io.quittance.streams.domain.model.Identifiers;
import io.quittance.streams.domain.model.RequestState;
import io.quittance.streams.domain.model.Requester;
import io.quittance.streams.domain.model.RequesterType;
import io.quittance.streams.domain.model.Scope;
import io.quittance.streams.domain.model.Submission;
import io.quittance.streams.fixture.Stores;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocketStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final long PARSED_BYTES = 1 << 20;
    private static final int ANY_SIZE = Integer.MAX_VALUE;

    @TempDir
    Path directory;

    private KeyValueStore<Bytes, byte[]> rows;
    private DocketStore store;

    @BeforeEach
    void open() {
        rows = Stores.rocksDb(DocketStore.NAME, directory);
        store = DocketStore.open(rows, PARSED_BYTES);
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

        DocketStore reopened = DocketStore.open(rows, PARSED_BYTES);

        assertThat(reopened.dueBy(NOW.plusSeconds(60), 10)).containsExactly("s-1", "s-2");
        assertThat(reopened.gauges().timersOverdue(NOW.toEpochMilli())).isEqualTo(1);
        assertThat(reopened.gauges().oldestOpen()).isEqualTo(RowHeader.NEVER);
    }

    @Test
    void whatIsFrozenComesInTheOrderOfTheLawAndThenOfArrivalAlsoAfterARestart() {
        store.save(frozen("late", NOW.plusSeconds(9)), null, ANY_SIZE);
        store.save(frozen("early", NOW), null, ANY_SIZE);
        store.save(docket("other", NOW), null, ANY_SIZE);

        for (DocketStore each : List.of(store, DocketStore.open(rows, PARSED_BYTES))) {
            each.beginThaw();
            assertThat(each.nextToThaw(1)).containsExactly("early");
            assertThat(each.nextToThaw(10)).containsExactly("late");
            assertThat(each.nextToThaw(10)).isEmpty();
            assertThat(each.isFrozen("other")).isFalse();
        }
    }

    @Test
    void whatIsLookedAtAndStaysFrozenDoesNotComeTwice() {
        store.save(frozen("a", NOW), null, ANY_SIZE);
        store.save(frozen("b", NOW.plusSeconds(1)), null, ANY_SIZE);

        assertThat(store.nextToThaw(1)).containsExactly("a");
        store.save(frozen("a", NOW), null, ANY_SIZE);
        assertThat(store.nextToThaw(1)).containsExactly("b");
        store.save(docket("b", NOW), null, ANY_SIZE);

        assertThat(store.nextToThaw(1)).isEmpty();
        assertThat(store.gauges().frozen()).isEqualTo(1);
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

    private static Docket frozen(String subject, Instant receivedAt) {
        var requester = new Requester(RequesterType.SUBJECT, subject, List.of(), null, null, null);
        var submission = new Submission(
                "r-" + subject,
                subject,
                Action.DELETE,
                "GDPR",
                requester,
                "closure",
                Channel.DASHBOARD,
                Scope.EVERYTHING,
                new Identifiers(Map.of(), null),
                receivedAt,
                null);
        var standing = new Standing(RequestState.QUEUED, Standing.FROZEN, "", receivedAt, null);
        var open = new Case(
                submission, receivedAt, standing, Authority.none(), List.of(), null, null, null, null, Story.EMPTY);
        return new Docket(subject, List.of(open), List.of(), List.of(), List.of());
    }

    private static Docket docket(String subject, Instant closedAt) {
        var marker = new ClosedMarker("r-" + subject, RequestState.FULFILLED, closedAt, List.of());
        return new Docket(subject, List.of(), List.of(marker), List.of(), List.of());
    }
}

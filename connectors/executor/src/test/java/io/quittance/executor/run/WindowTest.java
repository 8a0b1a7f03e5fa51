package io.quittance.executor.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.executor.run.Window.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final TopicPartition FIRST = new TopicPartition("tasks", 0);
    private static final TopicPartition SECOND = new TopicPartition("tasks", 1);

    private final Window window = new Window(4);

    @Test
    void nothingIsCommittableBeyondTheFirstUnansweredRecord() {
        Place ten = admit(FIRST, 10);
        Place eleven = admit(FIRST, 11);
        Place fourteen = admit(FIRST, 14);

        window.answer(fourteen);
        window.answer(eleven);
        assertCommittable(Map.of(FIRST, 10L));

        window.answer(ten);
        assertCommittable(Map.of(FIRST, 15L));
    }

    @Test
    void partitionsDoNotHoldEachOtherUp() {
        admit(FIRST, 3);
        window.answer(admit(SECOND, 7));

        assertCommittable(Map.of(FIRST, 3L, SECOND, 8L));
    }

    @Test
    void aRecordThatIsInAlreadyIsNotTakenTwice() {
        admit(FIRST, 3);

        assertThat(window.admit(FIRST, 3)).isEmpty();
    }

    @Test
    void aRedeliveredRecordThatWasAnsweredIsTakenAgainAndHoldsTheOffsetBack() {
        window.answer(admit(FIRST, 3));
        admit(FIRST, 3);

        assertCommittable(Map.of(FIRST, 3L));
    }

    @Test
    void anAnswerFromBeforeAPartitionWasTakenAwayDoesNotCountAfterItsReturn() {
        Place before = admit(FIRST, 3);
        window.forget(List.of(FIRST));
        Place after = admit(FIRST, 3);

        assertThat(window.holds(before)).isFalse();
        window.answer(before);
        assertThat(window.holds(after)).isTrue();
        assertCommittable(Map.of(FIRST, 3L));
    }

    @Test
    void aForgottenPartitionIsNotCommitted() {
        window.answer(admit(FIRST, 3));
        window.forget(List.of(FIRST));

        assertCommittable(Map.of());
    }

    @Test
    void itIsFullAtItsCapacityAndHasRoomAgainAtHalfOfIt() {
        List<Place> places = new ArrayList<>();
        for (long offset = 0; offset < 4; offset++) {
            places.add(admit(FIRST, offset));
        }
        assertThat(window.isFull()).isTrue();

        window.answer(places.get(3));
        assertThat(window.isFull()).isFalse();
        assertThat(window.hasRoomAgain()).isFalse();

        window.answer(places.get(2));
        assertThat(window.hasRoomAgain()).isTrue();
    }

    @Test
    void forgettingAPartitionMakesRoom() {
        for (long offset = 0; offset < 4; offset++) {
            admit(FIRST, offset);
        }
        window.forget(List.of(FIRST));

        assertThat(window.isEmpty()).isTrue();
    }

    @Test
    void itHasAdvancedUntilSomebodyAskedWhatIsCommittable() {
        assertThat(window.hasAdvanced()).isFalse();
        window.answer(admit(FIRST, 0));
        assertThat(window.hasAdvanced()).isTrue();
        window.committable();
        assertThat(window.hasAdvanced()).isFalse();
    }

    @Test
    void whateverTheOrderOfAnswersTheCommittableOffsetIsTheFirstUnansweredOne() {
        for (int seed = 0; seed < 200; seed++) {
            Window large = new Window(1000);
            List<Place> places = new ArrayList<>();
            TreeSet<Long> unanswered = new TreeSet<>();
            Random random = new Random(seed);
            long offset = 0;
            for (int record = 0; record < 30; record++) {
                // Markers of transactions leave gaps.
                offset += 1 + random.nextInt(3);
                places.add(large.admit(FIRST, offset).orElseThrow());
                unanswered.add(offset);
            }
            List<Integer> order = new ArrayList<>();
            for (int index = 0; index < places.size(); index++) {
                order.add(index);
            }
            List<Long> offsets = List.copyOf(unanswered);
            Collections.shuffle(order, random);
            for (int index : order) {
                large.answer(places.get(index));
                unanswered.remove(offsets.get(index));
                long expected = unanswered.isEmpty() ? offset + 1 : unanswered.first();
                assertThat(large.committable())
                        .as("seed %d", seed)
                        .containsEntry(FIRST, new OffsetAndMetadata(expected));
            }
        }
    }

    private Place admit(TopicPartition partition, long offset) {
        return window.admit(partition, offset).orElseThrow();
    }

    private void assertCommittable(Map<TopicPartition, Long> expected) {
        assertThat(window.committable())
                .hasSameSizeAs(expected)
                .allSatisfy((partition, offset) -> assertThat(offset.offset()).isEqualTo(expected.get(partition)));
    }
}

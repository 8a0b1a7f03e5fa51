package io.quittance.proving.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CastingTest {
    private static final int PEOPLE = 2_000;
    private static final int STORIES = 500;

    @Test
    void storiesAndTheirPeopleAreTheSameHoweverManyProbesFreezesAndFloodsThereAre() {
        var plain = new Casting(7, PEOPLE);
        var busy = new Casting(7, PEOPLE);
        assertThat(played(busy, () -> {
                    busy.nextProbed(2);
                    busy.nextFrozen();
                    busy.nextFlooded();
                }))
                .isEqualTo(played(plain, () -> {}));
    }

    @Test
    void freezesAreTheSameHoweverManyStoriesThereAre() {
        var plain = new Casting(7, PEOPLE);
        var busy = new Casting(7, PEOPLE);
        played(busy, () -> {});
        assertThat(frozen(busy)).isEqualTo(frozen(plain));
    }

    @Test
    void anotherSeedPlaysOtherStories() {
        assertThat(played(new Casting(7, PEOPLE), () -> {})).isNotEqualTo(played(new Casting(8, PEOPLE), () -> {}));
    }

    @Test
    void probesAreAboutPeopleOfThePartitionAskedForWhomNothingElseIsAbout() {
        var casting = new Casting(7, PEOPLE);
        Set<String> others = new HashSet<>();
        for (int i = 0; i < PEOPLE; i++) {
            others.add(casting.nextPerson().subjectId());
            others.add(casting.nextFlooded().subjectId());
        }
        for (int partition = 0; partition < Estate.PARTITIONS; partition++) {
            Person one = casting.nextProbed(partition);
            Person next = casting.nextProbed(partition);
            assertThat(List.of(one.partition(), next.partition())).containsOnly(partition);
            assertThat(next.subjectId()).isNotEqualTo(one.subjectId());
            assertThat(others).doesNotContain(one.subjectId(), next.subjectId());
        }
    }

    @Test
    void tooFewPeopleAreRefused() {
        assertThatThrownBy(() -> new Casting(7, 10)).hasMessageContaining("too few people");
    }

    private static List<String> played(Casting casting, Runnable meanwhile) {
        List<String> played = new ArrayList<>();
        for (int i = 0; i < STORIES; i++) {
            played.add(StoryKind.any(casting.nextStory()) + " "
                    + casting.nextPerson().subjectId());
            meanwhile.run();
        }
        return played;
    }

    private static List<String> frozen(Casting casting) {
        return IntStream.range(0, 50).mapToObj(i -> casting.nextFrozen()).toList();
    }
}

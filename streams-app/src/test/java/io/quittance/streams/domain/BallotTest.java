package io.quittance.streams.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.model.Approver;
import io.quittance.streams.domain.model.DecisionMade;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.Verdict;
import io.quittance.streams.domain.model.Vouching;
import io.quittance.streams.domain.policy.Alternative;
import io.quittance.streams.domain.policy.Requirement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People are assigned to places as well as they can be, never one in two. */
class BallotTest {

    /** Needs are {@code group*count}, people {@code name:group+group}. */
    @ParameterizedTest
    @CsvSource({
        // one person in two groups fills one place, not both
        "'legal*1 privacy*1',  'ada:legal+privacy',                                false",
        "'legal*1 privacy*1',  'ada:legal+privacy bob:legal',                      true",
        "'legal*1 privacy*1',  'ada:legal+privacy bob:privacy',                    true",
        "'legal*1 privacy*1',  'ada:legal bob:legal',                              false",
        // whoever came first moves over for whoever can only sit there
        "'legal*1 privacy*1',  'ada:privacy+legal eve:privacy+legal',              true",
        "'a*1 b*1 c*1',        'x:a+b+c y:a+b z:a',                                true",
        "'a*1 b*1 c*1',        'x:a y:a+b z:a+b',                                  false",
        "'a*2 b*1',            'x:a+b y:a z:a',                                    true",
        "'a*2 b*1',            'x:a y:a z:a',                                      false",
        "'a*1 a*1',            'x:a',                                              false",
        "'a*1 a*1',            'x:a y:a',                                          true",
        "'a*3',                'x:a y:a',                                          false",
        "'a*1',                '',                                                 false",
    })
    void placesAreFilledByDistinctPeople(String needs, String people, boolean enough) {
        assertThat(count(alternative(needs), people(people)).isEnough()).isEqualTo(enough);
    }

    @Test
    void oneFullAlternativeIsEnough() {
        var ways = List.of(alternative("board*1"), alternative("legal*1 privacy*1"));

        assertThat(Ballot.count(ways, people("ada:legal bob:privacy"), BallotTest::fits)
                        .isEnough())
                .isTrue();
        assertThat(Ballot.count(ways, people("ada:legal"), BallotTest::fits).isEnough())
                .isFalse();
    }

    @Test
    void theBallotNamesWhoFillsWhichPlace() {
        Ballot ballot = count(alternative("legal*1 privacy*2"), people("ada:legal+privacy bob:legal eve:privacy"));

        assertThat(ballot.ways().get(0).places())
                .extracting(Ballot.Place::filledBy)
                .containsExactly(List.of("bob"), List.of("ada", "eve"));
    }

    /** Against trying every way of seating everybody. */
    @Test
    void noSeatingIsBetter() {
        var random = new Random(42);
        for (int round = 0; round < 3_000; round++) {
            Alternative alternative = anyAlternative(random);
            List<DecisionMade> approvals = anyPeople(random);
            assertThat(count(alternative, approvals).isEnough())
                    .as("round %d: %s, %s", round, alternative, approvals)
                    .isEqualTo(canBeSeated(places(alternative), approvals, 0));
        }
    }

    private static boolean canBeSeated(List<String> places, List<DecisionMade> left, int place) {
        if (place == places.size()) {
            return true;
        }
        return left.stream()
                .filter(made -> made.by().groups().contains(places.get(place)))
                .anyMatch(made -> {
                    var others = new ArrayList<>(left);
                    others.remove(made);
                    return canBeSeated(places, others, place + 1);
                });
    }

    private static List<String> places(Alternative alternative) {
        var places = new ArrayList<String>();
        alternative.allOf().forEach(need -> {
            for (int i = 0; i < need.count(); i++) {
                places.add(need.group());
            }
        });
        return places;
    }

    private static Alternative anyAlternative(Random random) {
        var needs = new ArrayList<Requirement>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            needs.add(Scenario.people(anyGroup(random), 1 + random.nextInt(2)));
        }
        return new Alternative(needs);
    }

    private static List<DecisionMade> anyPeople(Random random) {
        var people = new ArrayList<DecisionMade>();
        for (int i = 0; i < random.nextInt(6); i++) {
            people.add(approval(
                    "p" + i,
                    random.ints(1 + random.nextInt(3), 0, 4)
                            .mapToObj(group -> "g" + group)
                            .toList()));
        }
        return people;
    }

    private static String anyGroup(Random random) {
        return "g" + random.nextInt(4);
    }

    private static Ballot count(Alternative alternative, List<DecisionMade> approvals) {
        return Ballot.count(List.of(alternative), approvals, BallotTest::fits);
    }

    private static boolean fits(Requirement requirement, Approver approver) {
        return approver.groups().contains(requirement.group());
    }

    private static Alternative alternative(String needs) {
        return new Alternative(Arrays.stream(needs.split(" "))
                .map(need -> need.split("\\*"))
                .map(need -> Scenario.people(need[0], Integer.parseInt(need[1])))
                .toList());
    }

    private static List<DecisionMade> people(String people) {
        return Arrays.stream(people.split(" "))
                .filter(person -> !person.isEmpty())
                .map(person -> person.split(":"))
                .map(person -> approval(person[0], List.of(person[1].split("\\+"))))
                .toList();
    }

    private static DecisionMade approval(String who, List<String> groups) {
        return new DecisionMade(
                "d-" + who,
                new Approver(who, groups),
                Verdict.APPROVE,
                1,
                Narrowing.NONE,
                Vouching.BY_TOPIC,
                null,
                null,
                Scenario.START);
    }
}

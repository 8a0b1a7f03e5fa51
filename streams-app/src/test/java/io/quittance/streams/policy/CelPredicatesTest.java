package io.quittance.streams.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.model.Approver;
import io.quittance.streams.domain.policy.ApproverFacts;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CelPredicatesTest {

    private static final Approver CARLA = new Approver(
            "approver-7", List.of("dpo", "legal"), Approver.Kind.HUMAN, Map.of("site", "Köln", "grade", "7"));

    private final CelPredicates predicates = new CelPredicates();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'legal' in approver.groups                                        | true",
                "approver.kind == 'HUMAN'                                          | true",
                "approver.kind == 'MACHINE'                                        | false",
                "approver.attributes.site == 'Köln'                                | true",
                "approver.attributes['site'] == 'Bonn'                             | false",
                "int(approver.attributes.grade) >= 7                               | true",
                "has(approver.attributes.desk)                                     | false",
                "!('desk' in approver.attributes)                                  | true",
                "approver.id != requester.id && approver.id != subject.id          | true",
                "request.categories.touches(['health']) && requester.inRole('customer') | true",
                "age(request.submitted_at) < duration('2h')                        | true",
                // what an earlier version let through counts still
                "!('health' in request.categories)                                 | true",
                // what cannot be evaluated admits nobody
                "approver.attributes.desk == 'a'                                   | false",
                "!(approver.attributes.desk == 'a')                                | false",
                "int(approver.attributes.site) > 0                                 | false",
                "!inCidr(requester.ip, '10.0.0.0/8')                               | false",
                // nor what does not compile, or is no predicate
                "approver.group == 'x'                                             | false",
                "approver.kind == 'ROBOT'                                          | false",
                "verification.level == 0                                           | false",
                "isClosed('office', now) == false                                  | false",
                "approver.groups                                                   | false",
            })
    void admitsWhomThePredicateHoldsOf(String predicate, boolean admitted) {
        assertThat(predicates.admits(predicate, facts(CARLA))).isEqualTo(admitted);
        // the second time from what was kept
        assertThat(predicates.admits(predicate, facts(CARLA))).isEqualTo(admitted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "approver.group == 'x'              | 9  | undefined field 'group'",
                "approver.kind == 'ROBOT'           | 18 | 'ROBOT' is never the value of kind",
                "approver.attributes.grade >= 7     | 27 | found no matching overload for '_>=_'",
                "verification.level == 0            | 1  | undeclared reference to 'verification'",
                "isBusinessTime('office', now)      | 16 | There is no calendar 'office'",
                "approver.groups                    | 9  | expected type 'bool'",
                "!('health' in request.categories)  | 22 | use within or touches",
            })
    void aMistakeIsToldWithItsColumn(String predicate, int column, String message) {
        assertThat(predicates.check(predicate)).isNotEmpty().first().satisfies(problem -> {
            assertThat(problem.message()).contains(message);
            assertThat(problem.column()).isEqualTo(column);
        });
    }

    @Test
    void judgesTheSameFromManyThreads() {
        assertThat(IntStream.range(0, 2_000)
                        .parallel()
                        .mapToObj(i -> predicates.admits("approver.attributes.grade == '" + i % 10 + "'", facts(CARLA)))
                        .filter(admitted -> admitted))
                .hasSize(200);
    }

    private static ApproverFacts facts(Approver approver) {
        return new ApproverFacts(approver, new Given().facts());
    }
}

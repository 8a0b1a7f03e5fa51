package io.quittance.streams.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.model.Verification;
import io.quittance.streams.domain.policy.Calendar;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionsTest {

    private static final String ERROR = "Rule only could not be evaluated (invalid argument), so it is denied.";

    private static final Calendar OFFICE = new Calendar(
            "office",
            ZoneId.of("Europe/Berlin"),
            Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY),
            Duration.ofHours(9),
            Duration.ofHours(17),
            new TreeSet<>(List.of(LocalDate.parse("2026-12-25"))),
            List.of(new Calendar.Period(
                    "peak", Instant.parse("2026-11-27T00:00:00Z"), Instant.parse("2026-12-01T00:00:00Z"))));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.1.2.3         | inCidr(requester.ip, '10.0.0.0/8')                        | holds",
                "11.1.2.3         | inCidr(requester.ip, '10.0.0.0/8')                        | does not",
                "11.1.2.3         | !inCidr(requester.ip, '10.0.0.0/8')                       | holds",
                "fd00::1          | inCidr(requester.ip, ['10.0.0.0/8', 'fd00::/8'])          | holds",
                "11.1.2.3         | inCidr(requester.ip, ['10.0.0.0/8', 'fd00::/8'])          | does not",
                "11.1.2.3         | inCidr(requester.ip, [])                                  | does not",
                "11.1.2.3         | requester.country != 'DE' ? true : !inCidr(requester.ip, '::/0') | holds",
            })
    void anAddressIsInABlockOrNot(String ip, String condition, String says) {
        assertThat(new Given().ip(ip).says(condition)).isEqualTo(says);
    }

    @ParameterizedTest
    @CsvSource({"unknown", "''", "10.0.0.1:4711", "host.example"})
    void aTextThatIsNoAddressDeniesEvenWhereBeingOutsideWouldBeEnough(String ip) {
        assertThat(new Given().ip(ip).says("inCidr(requester.ip, '10.0.0.0/8')"))
                .isEqualTo(ERROR);
        assertThat(new Given().ip(ip).says("!inCidr(requester.ip, ['10.0.0.0/8'])"))
                .isEqualTo(ERROR);
    }

    @Test
    void anAddressThatTheTellerLeftOutDenies() {
        assertThat(new Given().says("!inCidr(requester.ip, '10.0.0.0/8')"))
                .isEqualTo("Rule only could not be evaluated (attribute not found), so it is denied.");
        assertThat(new Given().says("has(requester.ip) && inCidr(requester.ip, '10.0.0.0/8')"))
                .isEqualTo("does not");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-21T09:00:00Z | age(request.submitted_at) == duration('1h')  | holds",
                "2026-11-21T09:00:00Z | age(request.submitted_at) < duration('1h')   | does not",
                "2026-11-21T10:00:00Z | age(request.submitted_at) == duration('0s')  | holds",
                // a publisher's clock may be a little ahead, but not so far that something stays young for ever
                "2026-11-21T10:05:00Z | age(request.submitted_at) == duration('0s')  | holds",
                "2026-11-21T10:05:01Z | age(request.submitted_at) < duration('1h')   | "
                        + "Rule only could not be evaluated (invalid argument), so it is denied.",
                "1970-01-01T00:00:00Z | age(request.submitted_at) > duration('400000h') | holds",
                "2026-11-21T08:00:00Z | age(now, request.submitted_at) == duration('2h') | holds",
            })
    void ageIsTheTimeSince(String submittedAt, String condition, String says) {
        assertThat(new Given().submittedAt(submittedAt).says(condition)).isEqualTo(says);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "requester.inRole('dpo')                     | does not",
                "requester.inRole('agent')                   | holds",
                "!requester.inRole('dpo')                    | holds",
                "requester.inAnyRole(['dpo', 'agent'])       | holds",
                "requester.inAnyRole(['dpo'])                | does not",
                "requester.inAnyRole([])                     | does not",
                "requester.roles.union(['dpo']).size() == 3  | holds",
                "requester.roles.intersection(['agent', 'dpo']) == ['agent'] | holds",
                "requester.roles.difference(['agent']) == ['customer']       | holds",
                "['a', 'a', 'b'].difference([]) == ['a', 'b'] | holds",
                "[].union(requester.roles).size() == 2       | holds",
            })
    void rolesAreASet(String condition, String says) {
        assertThat(new Given().roles("customer", "agent").says(condition)).isEqualTo(says);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "contact        | request.categories.within(['contact', 'orders']) | holds",
                "contact,health | request.categories.within(['contact', 'orders']) | does not",
                "contact        | request.categories.within([])                    | does not",
                "contact,health | request.categories.touches(['health'])           | holds",
                "contact        | request.categories.touches(['health'])           | does not",
                "contact        | request.categories.touches([])                   | does not",
                // no category means all of them
                "''             | request.categories.within(['contact', 'orders']) | does not",
                "''             | request.categories.touches(['health'])           | holds",
                "''             | request.systems.within(['shop'])                 | does not",
                "''             | request.systems.touches(['shop'])                | holds",
                "''             | request.systems == [] && !([] != request.categories) | holds",
            })
    void aScopeThatNamesNothingIsEverything(String categories, String condition, String says) {
        List<String> named = categories.isEmpty() ? List.of() : List.of(categories.split(","));

        assertThat(new Given().scope(List.of(), named).says(condition)).isEqualTo(says);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-23T08:00:00Z | isBusinessTime('office', now)  | holds",
                "2026-11-21T10:00:00Z | isBusinessTime('office', now)  | does not",
                "2026-11-28T10:00:00Z | isClosed('office', now)        | holds",
                "2026-12-01T00:00:00Z | isClosed('office', now)        | does not",
                "2026-11-24T10:00:00Z | businessDays('office', request.submitted_at, now) == 2 | holds",
                "2026-11-24T10:00:00Z | businessDays('office', now, request.submitted_at) == -2 | holds",
            })
    void aCalendarIsAskedByName(String now, String condition, String says) {
        assertThat(new Given()
                        .calendar(OFFICE)
                        .submittedAt("2026-11-20T10:00:00Z")
                        .now(now)
                        .says(condition))
                .isEqualTo(says);
    }

    @Test
    void theAgeOfAProofIsThatOfTheOneThatGaveTheLevel() {
        Given given = new Given()
                .proven(2, Duration.ofHours(3))
                .proven(2, Duration.ofHours(2))
                .proven(1, Duration.ofMinutes(1))
                .verification(Verification.Kind.INTENT, true, 0, Duration.ofMinutes(10))
                .verification(Verification.Kind.INTENT, false, 0, Duration.ofMinutes(5));

        assertThat(given.says("verification.level == 2 && age(verification.at) == duration('2h')"))
                .isEqualTo("holds");
        assertThat(given.says("age(verification.intent_at) == duration('10m')")).isEqualTo("holds");
        assertThat(new Given().says("age(verification.at) < duration('1h')"))
                .isEqualTo("Rule only could not be evaluated (attribute not found), so it is denied.");
    }

    @Test
    void aProofThatHasExpiredDoesNotCount() {
        assertThat(new Given().expired(3).says("verification.proven || verification.level > 0"))
                .isEqualTo("does not");
        assertThat(new Given().expired(3).says("has(verification.at) || verification.methods != []"))
                .isEqualTo("does not");
        assertThat(new Given().expired(3).proven(1, Duration.ofMinutes(1)).says("verification.level == 1"))
                .isEqualTo("holds");
    }

    @Test
    void anEmergencyIsClaimedOrNot() {
        assertThat(new Given().says("request.break_glass")).isEqualTo("does not");
        assertThat(new Given().emergency().says("request.break_glass")).isEqualTo("holds");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inCidr(requester.ip, '10.0.0.1/8')                 | 22 | is an address within a block",
                "inCidr(requester.ip, ['10.0.0.0/8', 'office'])     | 37 | is no block of addresses",
                "inCidr(requester.ip, requester.country)            | 31 | Write the block of addresses out",
                "inCidr(requester.ip, requester.roles)              | 31 | Write the block of addresses out",
                "inCidr(requester.ip, ['10.0.0.0/8', requester.ip]) | 46 | Write the block of addresses out",
                "inCidr(request.systems, '10.0.0.0/8')              | 7  | found no matching overload for 'inCidr'",
                "true && age(requester.ip) > duration('1h')         | 12 | found no matching overload for 'age'",
                "age(request.submitted_at) > 1                      | 27 | found no matching overload",
                "age() > duration('1h')                             | 4  | found no matching overload for 'age'",
                "requester.inRole(1)                                | 17 | found no matching overload for '@in'",
                "request.inRole('x')                                | 15 | undefined field 'roles'",
                "requester.inAnyRole('x')                           | 20 | found no matching overload for 'sets.intersects'",
                "requester.roles.within(['x'])                      | 23 | is for these two",
                "requester.roles.touches(['x'])                     | 24 | is for these two",
                "request.systems.within('shop')                     | 23 | found no matching overload for 'within'",
                "request.systems.difference(['shop']) == []         | 8  | use within or touches",
                "['shop'].union(request.systems) == []              | 23 | use within or touches",
                "request.categories.all(c, c in ['contact'])        | 8  | use within or touches",
                "request.systems.exists(s, s == 'shop')             | 8  | use within or touches",
                "request.systems.filter(s, s != 'shop') == []       | 8  | use within or touches",
                "sets.contains(['contact'], request.categories)     | 35 | use within or touches",
                "sets.intersects(request.systems, ['shop'])         | 24 | use within or touches",
                "!('health' in request.categories)                  | 22 | use within or touches",
                "'health' in request.categories                     | 20 | use within or touches",
                "'health' in (request.categories + ['x'])           | 21 | use within or touches",
                "size(request.categories) <= 2                      | 13 | use within or touches",
                "request.systems.size() > 0                         | 8  | use within or touches",
                "request.systems[0] == 'shop'                       | 8  | use within or touches",
                "request.categories != ['health']                   | 8  | compare it with []",
                "['x'].exists(c, c in request.systems)              | 29 | use within or touches",
                "request.categories.within(request.systems)         | 34 | use within or touches",
                "now.getHours('Europe/Berln') > 20                  | 14 | 'Europe/Berln' is no time zone",
                "now.getDayOfWeek('Mars') == 1                      | 18 | 'Mars' is no time zone",
                "now.getHours('25:00') > 20                         | 14 | '25:00' is no time zone",
                "now.getHours('+99:99') > 20                        | 14 | '+99:99' is no time zone",
                "now.getHours('+05:75') > 20                        | 14 | '+05:75' is no time zone",
                // CEL would take it for +00:30
                "now.getHours('-0:30') > 20                         | 14 | '-0:30' is no time zone",
                "requester.roles.union([1]) == []                   | 22 | found no matching overload for 'union'",
                "isClosed('ofice', now)                             | 10 | There is no calendar 'ofice' in this policy; it has [office]",
                "isBusinessTime(requester.country, now)             | 25 | Write the name of the calendar out",
                "isBusinessTime('office')                           | 15 | found no matching overload for 'isBusinessTime'",
                "businessDays('office', now, 3) > 1                 | 13 | found no matching overload for 'businessDays'",
            })
    void aMistakeIsToldWhenThePolicyIsPublished(String condition, int column, String message) {
        assertThat(CelPolicies.check(condition, List.of(OFFICE)))
                .isNotEmpty()
                .first()
                .satisfies(problem -> {
                    assertThat(problem.message()).contains(message);
                    assertThat(problem.line()).isEqualTo(1);
                    assertThat(problem.column()).isEqualTo(column);
                });
    }

    @Test
    void aPolicyWithoutCalendarsSaysSo() {
        assertThat(CelPolicies.check("isClosed('office', now)"))
                .singleElement()
                .extracting(ConditionProblem::message)
                .isEqualTo("There is no calendar 'office' in this policy; it has none");
    }
}

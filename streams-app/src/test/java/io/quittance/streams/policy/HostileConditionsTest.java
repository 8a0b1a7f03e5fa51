package io.quittance.streams.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.hostile.Thrift;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Conditions that mean to cost more than they are worth. */
class HostileConditionsTest {

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("nested parentheses", "(".repeat(1_900) + "true" + ")".repeat(1_900)),
                Arguments.of("parentheses that do not close", "(".repeat(4_000)),
                Arguments.of("nested lists", "[".repeat(2_000) + "]".repeat(2_000) + " == []"),
                Arguments.of("nested choices", "true ? ".repeat(500) + "true" + " : true".repeat(500)),
                Arguments.of("nested selections", "request" + ".a".repeat(2_000)),
                Arguments.of("a chain of operators", "true" + " && true".repeat(500)),
                Arguments.of("more than is read", "true" + " ".repeat(20_000)),
                Arguments.of("a book in quotes", "'" + "a".repeat(20_000) + "' == ''"),
                Arguments.of("a number without end", "9".repeat(4_000) + " == 1"),
                Arguments.of(
                        "a regular expression that grows", "request.purpose.matches('((((a{100}){100}){100}){100})')"),
                Arguments.of("one that counts far", "request.purpose.matches('a{99999999999}')"),
                Arguments.of("one that is not written out", "request.purpose.matches(request.regime)"),
                Arguments.of("one that is none", "request.purpose.matches('(((')"),
                Arguments.of("control characters", "\u0000\u0001 == \uFFFF"),
                Arguments.of("half a surrogate", "'\uD800' == ''"),
                Arguments.of("nothing", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void aHostileConditionIsRefusedInLittleTime(String what, String condition) {
        Thrift.assertCheap(() -> assertThat(CelPolicies.check(condition)).isNotEmpty());
    }

    static Stream<Arguments> expensive() {
        String hundred = IntStream.range(0, 60).mapToObj(String::valueOf).collect(Collectors.joining(",", "[", "]"));
        return Stream.of(
                Arguments.of(
                        "loops in loops",
                        "%1$s.all(a, %1$s.all(b, %1$s.all(c, %1$s.all(d, a + b + c + d >= 0))))".formatted(hundred)),
                Arguments.of(
                        "loops that make lists",
                        "size(%1$s.map(a, %1$s.map(b, %1$s.map(c, [a, b, c])))) > 0".formatted(hundred)),
                Arguments.of(
                        "a regular expression that others take for ever with",
                        "('%s' + request.purpose).matches('^(a+)+$')".formatted("a".repeat(2_000))),
                Arguments.of(
                        "texts that grow",
                        "[1, 2, 3, 4, 5, 6, 7, 8].all(a, ('%1$s' + '%1$s').size() < 0)".formatted("x".repeat(1_500))));
    }

    /** An evaluation that is cut short denies: the answer is no, and it comes soon. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("expensive")
    void anExpensiveConditionIsJudgedInBoundedTime(String what, String condition) {
        Thrift.assertCheap(() -> {
            assertThat(CelPolicies.check(condition)).isEmpty();
            assertThat(new Given().says(condition)).isNotEqualTo("holds");
        });
    }
}

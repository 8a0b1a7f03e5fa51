package io.quittance.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.schema.Field;
import io.quittance.schema.Minimization;
import io.quittance.schema.Transformation;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TransformationsTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @MethodSource("maskings")
    void maskingKeepsTheLastTwoCharacters(String value, String masked) throws TaskFailure {
        assertThat(anonymized(Transformation.MASK, value)).isEqualTo(masked);
    }

    static Stream<Arguments> maskings() {
        return Stream.of(
                Arguments.of("DE89370400440532013000", "********************00"),
                Arguments.of("abc", "*bc"),
                // Two characters kept of two would hide nothing.
                Arguments.of("ab", "**"),
                Arguments.of("", ""),
                Arguments.of("a👩b👨", "**b👨"));
    }

    @ParameterizedTest
    @MethodSource("generalizations")
    void generalizingKeepsTheCoarsePartAndTheType(Object value, @Nullable Object coarse) throws TaskFailure {
        assertThat(anonymized(Transformation.GENERALIZE, value)).isEqualTo(coarse);
    }

    static Stream<Arguments> generalizations() {
        return Stream.of(
                Arguments.of(LocalDate.of(1984, 5, 6), LocalDate.of(1984, 1, 1)),
                Arguments.of(LocalDateTime.of(1984, 5, 6, 7, 8), LocalDateTime.of(1984, 1, 1, 0, 0)),
                Arguments.of(
                        OffsetDateTime.parse("1984-05-06T07:08:09+02:00"),
                        OffsetDateTime.parse("1984-01-01T00:00:00+02:00")),
                Arguments.of(Instant.parse("1984-05-06T07:08:09Z"), Instant.parse("1984-01-01T00:00:00Z")),
                Arguments.of(LocalTime.NOON, null),
                Arguments.of(4711, 1000),
                Arguments.of(-4711L, -1000L),
                Arguments.of(0, 0),
                Arguments.of(Integer.MIN_VALUE, -1_000_000_000),
                Arguments.of(new BigDecimal("0.047"), new BigDecimal("0.01")),
                Arguments.of(99.5, 10.0),
                Arguments.of(0.0, 0.0),
                Arguments.of(-4711f, -1000f),
                Arguments.of(0f, 0f),
                Arguments.of(100f, 100f),
                Arguments.of(0.01f, 0.01f),
                Arguments.of(Float.MAX_VALUE, 1e38f),
                Arguments.of(Float.POSITIVE_INFINITY, null),
                Arguments.of(Double.NaN, null),
                Arguments.of("1984-05-06", "1984"),
                Arguments.of("1984-13-06", null),
                Arguments.of("4711", "1000"),
                Arguments.of("Berlin", null),
                Arguments.of(true, null));
    }

    @Test
    void aDateLeavesTheSystemAsItsYear() throws TaskFailure {
        Transformations transformations = new Transformations(
                List.of(new Minimization("demographic", Transformation.GENERALIZE)), Pseudonyms.withoutKey());

        assertThat(transformations.minimized(field("demographic", Transformation.KEEP), LocalDate.of(1984, 5, 6)))
                .isEqualTo(1984);
    }

    @Test
    void aCategoryThatThePlanDoesNotNameLeavesAsItIs() throws TaskFailure {
        Transformations transformations = new Transformations(
                List.of(new Minimization("contact", Transformation.REDACT)), Pseudonyms.withoutKey());

        assertThat(transformations.minimized(field("financial", Transformation.REDACT), "x"))
                .isEqualTo("x");
        assertThat(transformations.minimized(field("contact", Transformation.KEEP), "x"))
                .isNull();
    }

    @Test
    void pseudonymsAreEqualForEqualValuesOfOneSystemAndForNothingElse() throws TaskFailure {
        Pseudonyms shop = Pseudonyms.keyed(KEY, "shop");

        assertThat(shop.of("anna")).hasSize(64).matches("[0-9a-f]+").isEqualTo(shop.of("anna"));
        assertThat(shop.of("anna")).isNotEqualTo(shop.of("ben"));
        assertThat(shop.of("anna"))
                .isNotEqualTo(Pseudonyms.keyed(KEY, "crm").of("anna"))
                .isNotEqualTo(Pseudonyms.keyed("x".repeat(32).getBytes(StandardCharsets.US_ASCII), "shop")
                        .of("anna"));
    }

    @Test
    void aPseudonymWithoutAKeyFailsAndSoIsNotSkipped() {
        Transformations transformations = new Transformations(List.of(), Pseudonyms.withoutKey());

        assertThatThrownBy(() -> transformations.anonymized(field("contact", Transformation.PSEUDONYMIZE), "anna"))
                .isInstanceOfSatisfying(
                        TaskFailure.class, failure -> assertThat(failure.code()).isEqualTo("NO_PSEUDONYM_KEY"));
    }

    @Test
    void aTransformationFromTheFutureIsRefusedEvenForNothing() {
        assertThatThrownBy(() -> anonymized(Transformation.UNKNOWN, null))
                .isInstanceOfSatisfying(
                        TaskFailure.class, failure -> assertThat(failure.kind()).isEqualTo(TaskFailure.Kind.REFUSED));
    }

    @ParameterizedTest
    @EnumSource(value = Transformation.class, names = "UNKNOWN", mode = EnumSource.Mode.EXCLUDE)
    void nothingStaysNothing(Transformation transformation) throws TaskFailure {
        assertThat(anonymized(transformation, null)).isNull();
    }

    private static @Nullable Object anonymized(Transformation transformation, @Nullable Object value)
            throws TaskFailure {
        return new Transformations(List.of(), Pseudonyms.keyed(KEY, "shop"))
                .anonymized(field("contact", transformation), value);
    }

    private static Field field(String category, Transformation anonymize) {
        return new Field("field", category, anonymize);
    }
}

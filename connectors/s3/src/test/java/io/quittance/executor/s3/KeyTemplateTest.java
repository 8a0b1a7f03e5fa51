package io.quittance.executor.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quittance.executor.TaskFailure;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTemplateTest {
    @ParameterizedTest
    @CsvSource({
        "customers/{identifier}/, 4, customers/4/",
        "customers/c-{identifier}/letters/, 4, customers/c-4/letters/",
        "{identifier}/, a..b, a..b/",
        "customers/{identifier}/, anna@example.org, customers/anna@example.org/",
        "customers/{identifier}/, 🦊, customers/🦊/",
        "customers/{identifier}/, שלום, customers/שלום/",
        "customers/{identifier}/, {identifier}, customers/{identifier}/",
        "customers/{identifier}/, '; drop table customers', customers/; drop table customers/",
    })
    void putsTheIdentifierIntoThePrefix(String template, String identifier, String prefix) throws TaskFailure {
        assertThat(KeyTemplate.parse("letters", template).prefixFor(identifier)).isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "customers/",
                "customers/{identifier}",
                "customers/{identifier}-letters/",
                "customers/{identifier}.json",
                "customers/{identifier}/letters",
                "customers/{identifier}/{identifier}/",
                "/customers/{identifier}/",
                "customers\u0000/{identifier}/"
            })
    void refusesATemplateThatCouldFindSomebodyElse(String template) {
        TaskFailure failure = catchThrowableOfType(TaskFailure.class, () -> KeyTemplate.parse("letters", template));

        assertThat(failure.code()).isEqualTo("BAD_LOCATOR");
        assertThat(failure.kind()).isEqualTo(TaskFailure.Kind.REFUSED);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void refusesAnIdentifierThatIsNoSafePartOfAPath(String identifier) {
        TaskFailure failure = catchThrowableOfType(
                TaskFailure.class,
                () -> KeyTemplate.parse("letters", "customers/{identifier}/").prefixFor(identifier));

        assertThat(failure.code()).isEqualTo("BAD_IDENTIFIER");
        assertThat(failure.kind()).isEqualTo(TaskFailure.Kind.REFUSED);
        assertThat(failure.detail()).hasSizeLessThan(200);
    }

    static Stream<String> hostile() {
        return Stream.concat(
                List.of("", " ", ".", "..", "../", "../43", "4/", "/", "4\\", "4\u0000", "4\n", "\u007f", "\ud83e")
                        .stream(),
                Stream.of("x".repeat(1_000_000), "🦊".repeat(65)));
    }
}

package io.quittance.streams.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.streams.cli.document.LimitReader;
import io.quittance.streams.cli.document.PolicyReader;
import io.quittance.streams.cli.document.SystemReader;
import io.quittance.streams.yaml.InvalidDocumentException;
import io.quittance.streams.yaml.SourceFile;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents that mean to cost more than they are worth: refused in a sentence, in little time. */
class HostileYamlTest {

    static Stream<Arguments> documents() {
        return Stream.of(
                Arguments.of("aliases that double with each line", laughs()),
                Arguments.of("an alias to itself", "name: &a [*a]\nrules: *a\n"),
                Arguments.of("a mapping that contains itself", "&a\nname: x\nrules: [*a]\n"),
                Arguments.of("nested lists", "name: " + "[".repeat(200_000)),
                Arguments.of("nested lists that are closed", "name: " + "[".repeat(20_000) + "]".repeat(20_000)),
                Arguments.of("nested mappings", "{a: ".repeat(100_000)),
                Arguments.of("nested sequences in block style", "- ".repeat(50_000) + "a"),
                Arguments.of("nested mappings by indentation", indented(2_000)),
                Arguments.of("a key as long as a book", "a".repeat(2_000_000) + ": 1\n"),
                Arguments.of("many documents", "---\n- a\n".repeat(50_000)),
                Arguments.of(
                        "many keys",
                        IntStream.range(0, 50_000)
                                .mapToObj(key -> "k" + key + ": 1")
                                .collect(Collectors.joining("\n"))),
                Arguments.of(
                        "many anchors",
                        IntStream.range(0, 50_000)
                                .mapToObj(key -> "- &a" + key + " x")
                                .collect(Collectors.joining("\n"))),
                Arguments.of("a tag that names a class", "!!javax.script.ScriptEngineManager [!!java.net.URL [x]]"),
                Arguments.of("control characters", "name: \u0000\u0007\uFFFE"),
                Arguments.of("nothing but a directive", "%YAML 9.9\n%TAG ! !\n---\n"),
                Arguments.of("a number without end", "name: x\nconcurrent: " + "9".repeat(1_000_000)),
                Arguments.of("nothing", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void aHostileDocumentIsRefusedInLittleTime(String what, String text) {
        var source = List.of(new SourceFile("hostile.yaml", text));
        Thrift.assertCheap(() -> {
            assertRefused(() -> new PolicyReader((cel, use) -> List.of()).read(source.get(0)));
            assertRefused(() -> SystemReader.read(source, List.of()));
            assertRefused(() -> LimitReader.read(source));
        });
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOf(InvalidDocumentException.class)
                .satisfies(refusal -> assertThat(((InvalidDocumentException) refusal).problems())
                        .isNotEmpty());
    }

    private static String laughs() {
        return "a0: &a0 [x, x]\n"
                + IntStream.range(1, 60)
                        .mapToObj(line -> "a%d: &a%d [*a%d, *a%d]\n".formatted(line, line, line - 1, line - 1))
                        .collect(Collectors.joining())
                + "name: *a59\nrules: *a59\nsystems: *a59\ndatasets: *a59\n";
    }

    private static String indented(int depth) {
        return IntStream.range(0, depth)
                .mapToObj(level -> " ".repeat(level) + "a:\n")
                .collect(Collectors.joining());
    }
}

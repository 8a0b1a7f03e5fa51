package io.quittance.streams.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlMappingTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Problems problems = new Problems();

    @ParameterizedTest
    @ValueSource(
            strings = {"text: two words", "text: >\n  two\n  words\n", "text: |\n  two words\n", "text: >-\n  two words"
            })
    void aLineIsTheSameHoweverItIsWritten(String yaml) {
        assertThat(read(yaml).text("text", 9)).isEqualTo("two words");
        problems.throwIfAny();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text: |\n  one\n  two\n",
                "text: >\n  one\n\n  two\n",
                "text: |+\n  one\n\n",
                "text: \"one\\n\"",
                "text: \"one\\u0085two\"",
                "text: \"one\\ttwo\""
            })
    void aTextWithControlCharactersIsRefusedWhereItStands(String yaml) {
        read(yaml).text("text", 100);

        assertThat(found())
                .containsExactly("y.yaml:1:7: 'text' must be one line without control characters; where it is long, '>'"
                        + " joins the lines under it.");
    }

    @Test
    void linesAreKeptWhereTheyMayBe() {
        YamlNode value = read("text: |\n  one\n  two\n").optional("text").orElseThrow();

        assertThat(YamlMapping.linesOf(value, "text", 100)).isEqualTo("one\ntwo\n");
        problems.throwIfAny();
    }

    /** Each reader would take its default, and what the key was to ask for would not be asked for. */
    @Test
    void aKeyWithoutAValueIsToldOnceByWhateverReadsIt() {
        List<Consumer<YamlMapping>> readers = List.of(
                yaml -> yaml.text("key", 9),
                yaml -> yaml.text("key", 9, ""),
                yaml -> yaml.number("key", 0, 3, 0),
                yaml -> yaml.flag("key", false),
                yaml -> yaml.duration("key", DAY, HOUR),
                yaml -> yaml.choice("key", Thread.State.class, Thread.State.NEW),
                yaml -> yaml.requiredChoice("key", Thread.State.class),
                yaml -> yaml.list("key", node -> node),
                yaml -> yaml.requiredList("key", node -> node),
                yaml -> yaml.entries("key", (name, node) -> node),
                yaml -> yaml.has("key"));

        assertThat(readers).allSatisfy(reader -> {
            Problems ofOne = new Problems();
            YamlMapping yaml = read("key:\nother: 1", ofOne);
            reader.accept(yaml);
            yaml.optional("other");
            yaml.refuseOtherKeys();
            assertThat(found(ofOne)).containsExactly("y.yaml:1:1: 'key' has no value; give it one or remove the key.");
        });
    }

    @Test
    void inALayerAKeyWithoutAValueTakesSomethingAway() {
        YamlMapping layer = YamlMapping.layer(YamlNode.only(new SourceFile("y.yaml", "key: null"), problems, ""));

        assertThat(layer.optional("key")).isEmpty();
        problems.throwIfAny();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2d", "36526d", "PT9999999999999999S", "PT-9223372036854775808S", "PT0.0001S", "0s", "soon"})
    void aTimeOutOfBoundsGoesNoFurther(String written) {
        assertThat(read("key: " + written).duration("key", DAY, HOUR)).isEqualTo(HOUR);

        assertThat(found()).singleElement().asString().startsWith("y.yaml:1:6: 'key' must ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rules: [", "a: 'b", "a: [*nobody]", "\tb: 1"})
    void whatIsNoYamlIsToldOnce(String yaml) {
        InvalidDocumentException invalid = catchThrowableOfType(InvalidDocumentException.class, () -> read(yaml));

        assertThat(invalid.problems())
                .singleElement()
                .asString()
                .startsWith("y.yaml:1:")
                .contains("This is not YAML");
    }

    @Test
    void aSecondDocumentIsRefusedWhereOnlyOneIsRead() {
        YamlNode.only(new SourceFile("y.yaml", "a: 1\n---\nb: 2\n"), problems, "Join them.");

        assertThat(found()).containsExactly("y.yaml:3:1: Join them.");
    }

    private YamlMapping read(String yaml) {
        return read(yaml, problems);
    }

    private static YamlMapping read(String yaml, Problems problems) {
        return YamlMapping.of(
                YamlNode.documents(new SourceFile("y.yaml", yaml), problems).get(0));
    }

    private List<String> found() {
        return found(problems);
    }

    private static List<String> found(Problems problems) {
        InvalidDocumentException invalid = catchThrowableOfType(InvalidDocumentException.class, problems::throwIfAny);
        return invalid.problems().stream().map(Problem::toString).toList();
    }
}

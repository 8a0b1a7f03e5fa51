package io.quittance.streams.cli.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quittance.schema.LimitDocument;
import io.quittance.streams.cli.document.ConditionChecker.Use;
import io.quittance.streams.yaml.InvalidDocumentException;
import io.quittance.streams.yaml.Problem;
import io.quittance.streams.yaml.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** DOCUMENTS.md shows what the readers take, and leaves no key out. */
class DocumentsGuideTest {

    private static final Pattern EXAMPLE = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern KNOWN_KEYS = Pattern.compile("known here: (.*)\\.");

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private final String guide = Files.readString(Path.of("DOCUMENTS.md"));
    private final List<String> examples =
            EXAMPLE.matcher(guide).results().map(match -> match.group(1)).toList();

    DocumentsGuideTest() throws IOException {}

    @Test
    void thePolicyOfTheGuideIsValidAndItsConditionsCompile() {
        PolicyReader reader = new PolicyReader(new CelChecker());

        assertThat(reader.read(new SourceFile("DOCUMENTS.md", example("name: default")))
                        .getRules())
                .hasSize(2);
    }

    @Test
    void theSystemsOfTheGuideAreValid() {
        assertThat(SystemReader.read(List.of(new SourceFile("DOCUMENTS.md", example("system: shop"))), List.of()))
                .extracting(SystemDraft::system)
                .containsExactly("shop", "archive");
    }

    @Test
    void theLimitsOfTheGuideAreValid() {
        String limits = examples.stream()
                .filter(example -> example.contains("per_window"))
                .findFirst()
                .orElseThrow();

        assertThat(LimitReader.read(List.of(new SourceFile("DOCUMENTS.md", limits))))
                .extracting(LimitDocument::getName)
                .containsExactly("shop-deletes", "exports");
    }

    @Test
    void theAskAndTheCalendarsOfTheGuideAreValid() {
        String policy = "name: p\n" + example("calendars:")
                + "rules:\n  - id: r\n    when: isClosed('office', now)\n    outcome: ASK\n"
                + example("ask:").indent(4);

        assertThat(new PolicyReader(new CelChecker())
                        .read(new SourceFile("DOCUMENTS.md", policy))
                        .getRules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.getAsk().getAnyOf()).hasSize(2));
    }

    /** The conditions in the table of functions. */
    @Test
    void theFunctionsOfTheGuideCompile() {
        var checker = new CelChecker();
        List<String> calls = guide.lines()
                .dropWhile(line -> !line.startsWith("| function"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split("\\|")[1])
                .flatMap(cell -> CODE.matcher(cell).results().map(match -> match.group(1)))
                .filter(code -> code.contains("("))
                .toList();

        assertThat(calls).hasSizeGreaterThan(8).allSatisfy(call -> {
            String named = call.replace("from", "request.submitted_at").replace(", to)", ", now)");
            assertThat(checker.check("type(" + named + ") == type(" + named + ")", Use.condition(Set.of("office"))))
                    .isEmpty();
        });
    }

    private String example(String beginning) {
        return examples.stream()
                .filter(example -> example.startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    /** A key that nobody knows makes the readers list those they know. */
    @Test
    void everyKeyThatIsReadIsExplained() {
        String policy = "x: 1\ncalendars: [{x: 1, closed: [{x: 1}]}]\nrules: [{x: 1, ask: {x: 1, any_of: [{x: 1}],"
                + " escalation: {x: 1}}, verification: {x: 1}, review: {x: 1}},"
                + " {ask: {x: 1, all_of: [{x: 1}], escalation: {x: 1, any_of: []}}}, {ask: {x: 1}}]";
        String system = "x: 1\ndatasets: [{x: 1, locator: {x: 1, path: [{x: 1}]}, fields: {f: {x: 1}}}]";

        String limit = "x: 1\nper_window: {x: 1}";

        List<String> keys = List.of(
                        problemsOf(() -> new PolicyReader((cel, use) -> List.of()).read(new SourceFile("p", policy))),
                        problemsOf(() -> SystemReader.read(List.of(new SourceFile("s", system)), List.of())),
                        problemsOf(() -> LimitReader.read(List.of(new SourceFile("l", limit)))))
                .stream()
                .flatMap(List::stream)
                .toList();

        assertThat(keys).hasSizeGreaterThan(30);
        assertThat(explained()).containsAll(keys);
    }

    /** What stands in code font in the tables. */
    private Set<String> explained() {
        return guide.lines()
                .filter(line -> line.startsWith("|"))
                .flatMap(row -> CODE.matcher(row).results())
                .flatMap(code -> Pattern.compile("\\W+").splitAsStream(code.group(1)))
                .collect(Collectors.toSet());
    }

    private static List<String> problemsOf(ThrowingCallable reading) {
        InvalidDocumentException invalid = catchThrowableOfType(InvalidDocumentException.class, reading);
        return invalid.problems().stream()
                .map(Problem::message)
                .flatMap(message -> KNOWN_KEYS.matcher(message).results().map(MatchResult::group))
                .flatMap(known -> List.of(
                        known.replace("known here: ", "").replace(".", "").split(", "))
                        .stream())
                .distinct()
                .toList();
    }
}

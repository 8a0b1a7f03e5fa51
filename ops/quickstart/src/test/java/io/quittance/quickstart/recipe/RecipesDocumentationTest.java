package io.quittance.quickstart.recipe;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.contract.ContractSchemas;
import io.quittance.contract.TopicCatalogue;
import io.quittance.contract.TopicSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is told about the recipes is what they are. */
class RecipesDocumentationTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Path RECIPES = ROOT.resolve("ops/recipes");
    private static final Path DOCUMENT = RECIPES.resolve("README.md");
    private static final Pattern EXCERPT =
            Pattern.compile("<!-- from (\\S+) -->\\n```\\w+\\n(.*?)```\\n", Pattern.DOTALL);
    private static final int SHORT = 70;

    @Test
    void everyExcerptStandsInItsFile() throws IOException {
        Map<String, String> excerpts = excerpts();

        assertThat(excerpts).isNotEmpty();
        for (Map.Entry<String, String> excerpt : excerpts.entrySet()) {
            String file = Files.readString(ROOT.resolve(excerpt.getKey()));
            assertThat(withoutIndentation(file)).as(excerpt.getKey()).contains(withoutIndentation(excerpt.getValue()));
        }
    }

    @Test
    void everyRecipeIsShownInBothLanguages() throws IOException {
        Set<String> recipes = new HashSet<>();
        for (Recipe recipe : Recipe.values()) {
            recipes.add("ops/recipes/" + recipe.java());
            recipes.add("ops/recipes/" + recipe.node());
        }

        assertThat(excerpts().keySet()).containsExactlyInAnyOrderElementsOf(recipes);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void aRecipeIsShort(Path program) throws IOException {
        assertThat(Files.readAllLines(program)).hasSizeLessThanOrEqualTo(SHORT);
    }

    @ParameterizedTest
    @MethodSource("written")
    void theSchemasForOtherLanguagesAreTheContracts(TopicSpec topic) throws IOException {
        Schema contract = ContractSchemas.of(topic);
        Path copy = RECIPES.resolve("node/" + contract.getName() + ".avsc");

        assertThat(new Schema.Parser().parse(Files.readString(copy)).toString(true))
                .isEqualTo(contract.toString(true));
    }

    static Stream<Path> programs() {
        return Stream.of(Recipe.values())
                .flatMap(recipe -> Stream.of(recipe.java(), recipe.node()))
                .map(RECIPES::resolve);
    }

    static List<TopicSpec> written() {
        return List.of(TopicCatalogue.REQUESTS, TopicCatalogue.DECISIONS);
    }

    private static Map<String, String> excerpts() throws IOException {
        Map<String, String> excerpts = new LinkedHashMap<>();
        for (MatchResult excerpt :
                EXCERPT.matcher(Files.readString(DOCUMENT)).results().toList()) {
            excerpts.put(excerpt.group(1), excerpt.group(2));
        }
        return excerpts;
    }

    private static String withoutIndentation(String code) {
        return code.lines().map(String::strip).collect(joining("\n"));
    }
}

package io.quittance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code ops/topics} says is what the catalogue says. The files are rendered from the catalogue by this test when
 * it runs with {@code -Dregenerate}.
 */
class TopicFilesTest {

    private static final Path FOLDER = Path.of("..", "..", "ops", "topics");
    private static final String REGENERATE = "mvn -B -pl schemas/contract test -Dtest=TopicFilesTest -Dregenerate=true";

    @ParameterizedTest
    @MethodSource("rendered")
    void theFileSaysWhatTheCatalogueSays(String file, String expected) throws IOException {
        Path path = FOLDER.resolve(file);
        if (Boolean.getBoolean("regenerate")) {
            Files.createDirectories(FOLDER);
            Files.writeString(path, expected);
            path.toFile().setExecutable(file.endsWith(".sh"));
        }
        assertThat(path)
                .as("%s is stale; run: %s", path.normalize(), REGENERATE)
                .exists()
                .content()
                .isEqualTo(expected);
    }

    static Iterable<Arguments> rendered() {
        return Map.of(
                        "README.md", TopicFiles.readme(REGENERATE),
                        "create-topics.sh", TopicFiles.script(REGENERATE))
                .entrySet()
                .stream()
                .map(file -> Arguments.of(file.getKey(), file.getValue()))
                .toList();
    }
}

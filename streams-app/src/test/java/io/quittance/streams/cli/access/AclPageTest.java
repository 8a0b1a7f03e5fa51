package io.quittance.streams.cli.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code ops/topics/ACLS.md} is rendered by this test when it runs with {@code -Dregenerate}. */
class AclPageTest {

    private static final Path PAGE = Path.of("..", "ops", "topics", "ACLS.md");
    private static final String REGENERATE = "mvn -B -pl streams-app test -Dtest=AclPageTest -Dregenerate=true";

    @Test
    void thePageSaysWhatTheCatalogueSays() throws IOException {
        String expected = AclPage.markdown(REGENERATE);
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(PAGE, expected);
        }
        assertThat(PAGE)
                .as("%s is stale; run: %s", PAGE.normalize(), REGENERATE)
                .exists()
                .content()
                .isEqualTo(expected);
    }
}

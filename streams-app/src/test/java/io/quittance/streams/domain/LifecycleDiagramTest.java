package io.quittance.streams.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.streams.domain.Lifecycle.Transition;
import io.quittance.streams.domain.model.RequestState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

/** The diagram in ARCHITECTURE.md is drawn from the lifecycle table. With -Dregenerate this test draws it anew. */
class LifecycleDiagramTest {
    private static final Path ARCHITECTURE = Path.of("..", "ARCHITECTURE.md");
    private static final String BEGIN = "<!-- lifecycle: drawn by LifecycleDiagramTest, do not edit -->\n";
    private static final String END = "<!-- /lifecycle -->";

    @Test
    void theDiagramInArchitectureIsTheTable() throws IOException {
        String document = Files.readString(ARCHITECTURE);
        int from = document.indexOf(BEGIN) + BEGIN.length();
        int to = document.indexOf(END);
        if (System.getProperty("regenerate") != null) {
            Files.writeString(ARCHITECTURE, document.substring(0, from) + diagram() + document.substring(to));
            return;
        }
        assertThat(document.substring(from, to))
                .as("run: mvn -pl streams-app test -Dtest=LifecycleDiagramTest -Dregenerate")
                .isEqualTo(diagram());
    }

    private static String diagram() {
        Map<String, StringJoiner> labels = new LinkedHashMap<>();
        for (Transition row : Lifecycle.transitions()) {
            String arrow = node(row.from()) + " --> " + row.to();
            labels.computeIfAbsent(arrow, any -> new StringJoiner(", "))
                    .add(row.trigger().name().toLowerCase(java.util.Locale.ROOT));
        }
        var lines = new StringJoiner("\n", "```mermaid\nstateDiagram-v2\n", "\n```\n");
        labels.forEach((arrow, triggers) -> lines.add("    " + arrow + ": " + triggers));
        Arrays.stream(RequestState.values())
                .filter(RequestState::closed)
                .forEach(state -> lines.add("    " + state + " --> [*]"));
        return lines.toString();
    }

    private static String node(RequestState state) {
        return state == RequestState.NEW ? "[*]" : state.name();
    }
}

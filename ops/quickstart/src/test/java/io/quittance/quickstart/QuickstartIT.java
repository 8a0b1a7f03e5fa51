package io.quittance.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.quickstart.shop.Shop.Customer;
import io.quittance.quickstart.stack.Stack;
import io.quittance.quickstart.story.Narrator;
import io.quittance.quickstart.story.Story;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine.Help.Ansi;

/**
 * The quick start, played whole in this JVM: the story is checked scene by scene, and its logs for what they must not
 * say.
 */
@ExtendWith(SharedStack.class)
class QuickstartIT {
    private static final ByteArrayOutputStream TERMINAL = new ByteArrayOutputStream();

    private final Stack stack;
    private final Path directory;

    QuickstartIT(SharedStack.Running running) {
        this.stack = running.stack();
        this.directory = running.directory();
    }

    @Test
    void theStoryHoldsAndNothingOfItIsInAnyLog() throws IOException {
        try (var stage = stack.stage(narrator())) {
            Story.play(stage);
        }

        assertThat(TERMINAL.toString(StandardCharsets.UTF_8)).contains("FULFILLED", "EXPIRED", "CANCELLED", "DENIED");
        List<Path> logs = logs();
        assertThat(logs).as("logs to look at").hasSizeGreaterThan(2);
        Set<String> secrets = personalData(stack.shop().customers());
        for (Path log : logs) {
            assertThat(wordsIn(log))
                    .as("personal data in %s", log.getFileName())
                    .doesNotContainAnyElementsOf(secrets);
        }
        assertThat(wordsIn(TERMINAL.toString(StandardCharsets.UTF_8))).doesNotContainAnyElementsOf(secrets);
    }

    private static Narrator narrator() {
        return new Narrator(new PrintStream(TERMINAL, true, StandardCharsets.UTF_8), Ansi.OFF);
    }

    /** The log of this JVM at default level, and of every child. */
    private List<Path> logs() throws IOException {
        try (Stream<Path> children = Files.walk(directory)) {
            return Stream.concat(
                            Stream.of(Path.of(System.getProperty("quickstart.log"))),
                            children.filter(file -> file.toString().endsWith(".log"))
                                    .filter(file -> !file.toString().contains("kafka")))
                    .toList();
        }
    }

    /** E-mail addresses, and full names without the space that would split them. */
    private static Set<String> personalData(List<Customer> customers) {
        Set<String> data = new HashSet<>();
        for (Customer customer : customers) {
            data.add(customer.email());
            data.add(customer.fullName());
        }
        return data;
    }

    private static Set<String> wordsIn(Path file) throws IOException {
        return wordsIn(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }

    /** Single words and neighbouring pairs, stripped of punctuation around them. */
    private static Set<String> wordsIn(String text) {
        String[] words = text.split("[\\s\"'=,;:()\\[\\]{}<>/]+");
        Set<String> found = new HashSet<>(List.of(words));
        for (int i = 1; i < words.length; i++) {
            found.add(words[i - 1] + " " + words[i]);
        }
        return found;
    }
}

package io.quittance.quickstart.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Runs recipes as a person would: each a process of its own, started by the command that the document shows.
 *
 * @param command what starts a recipe, without its arguments
 */
record Language(Function<Recipe, List<String>> command) {
    private static final Path RECIPES = Path.of("..", "recipes");
    private static final Path TARGET = Path.of("target", "recipes");
    private static final long LIMIT_SECONDS = 120;

    /** From the source files, on the class path that {@code ops/quickstart.sh} uses. */
    static Language java() throws IOException {
        String classPath = RECIPES.resolve("java")
                + File.pathSeparator
                + Files.readString(Path.of("target", "classpath.dependencies")).strip();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new Language(recipe -> List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                RECIPES.resolve(recipe.java()).toString()));
    }

    /** From a copy beside which npm has put what it needs. */
    static Language node() throws IOException, InterruptedException {
        Path copy = Files.createDirectories(TARGET.resolve("node"));
        try (Stream<Path> files = Files.list(RECIPES.resolve("node"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(copy.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
        run(List.of("npm", "install", "--prefix", copy.toString(), "--no-package-lock", "--no-audit", "--no-fund"), "");
        return new Language(
                recipe -> List.of("node", TARGET.resolve(recipe.node()).toString()));
    }

    /** Whether all these programs are on the path. */
    static boolean installed(String... programs) {
        List<Path> path = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        return Stream.of(programs)
                .allMatch(program -> path.stream().anyMatch(folder -> Files.isExecutable(folder.resolve(program))));
    }

    /** Runs a recipe that has to succeed, and returns what it printed. */
    String run(Recipe recipe, String input, String... arguments) throws IOException, InterruptedException {
        var line = new ArrayList<>(command.apply(recipe));
        line.addAll(List.of(arguments));
        return run(line, input);
    }

    private static String run(List<String> line, String input) throws IOException, InterruptedException {
        Files.createDirectories(TARGET);
        Path output = Files.createTempFile(TARGET, "run", ".out");
        Path errors = Files.createTempFile(TARGET, "run", ".err");
        Process process = new ProcessBuilder(line)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try (var in = process.outputWriter()) {
            in.write(input);
        }
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        assertThat(ended).as("ended by itself: %s", Files.readString(errors)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return Files.readString(output);
    }
}

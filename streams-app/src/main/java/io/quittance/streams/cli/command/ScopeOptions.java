package io.quittance.streams.cli.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Part of the systems and categories; none named means all. */
final class ScopeOptions {

    @Option(names = "--only-system", paramLabel = "NAME", description = "Only in this system. Repeatable.")
    private List<String> systems = new ArrayList<>();

    @Option(names = "--only-category", paramLabel = "NAME", description = "Only this category of data. Repeatable.")
    private List<String> categories = new ArrayList<>();

    List<String> systems() {
        return Limits.systems("--only-system", systems).stream().distinct().toList();
    }

    List<String> categories() {
        return Limits.names("--only-category", categories).stream().distinct().toList();
    }
}

package io.quittance.streams.cli.command;

import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.access.Principals;
import io.quittance.streams.cli.access.PrincipalsReader;
import io.quittance.streams.yaml.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who has which part. */
final class PrincipalOptions {

    @Option(
            names = "--principals",
            paramLabel = "FILE",
            description = "YAML: 'application-id', and 'principals', a list of {role, name}, executors with 'system',"
                    + " readers with 'groups', workers with 'groups' and 'topics'. '-' is standard input.")
    private @Nullable Path file;

    @Option(
            names = "--principal",
            paramLabel = "ROLE=NAME",
            description =
                    "Instead of a file; executors as executor:SYSTEM=NAME. Repeatable. A NAME without 'User:' gets"
                            + " it.")
    private List<String> principals = new ArrayList<>();

    @Option(
            names = "--application-id",
            paramLabel = "ID",
            description = "The application's application.id (quittance), where there is no file.")
    private @Nullable String applicationId;

    /** @throws CliException if nobody is named, or both ways are used at once */
    Principals principals(Function<Path, SourceFile> source) {
        if (file != null && principals.isEmpty() && applicationId == null) {
            return PrincipalsReader.read(source.apply(file));
        }
        if (file != null || principals.isEmpty()) {
            throw CliException.usage(
                    "It is not said, or said twice, which principal has which part.",
                    "Give either --principals with a file, or --principal ROLE=NAME once for each.");
        }
        return PrincipalsReader.parse(
                applicationId == null ? Principals.DEFAULT_APPLICATION_ID : applicationId, principals);
    }
}

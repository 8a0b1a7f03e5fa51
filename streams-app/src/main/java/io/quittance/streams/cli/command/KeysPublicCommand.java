package io.quittance.streams.cli.command;

import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.ExitCode;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints the public part of a key. */
@Command(
        name = "public",
        mixinStandardHelpOptions = true,
        description =
                "Print a key's public part: its entry for the \"keys\" of a key set, which decisions.jwks names for"
                        + " decisions and the executors' grant.jwks for grants.",
        footer = {"", "Example:", "  quittance keys public officer-3.jwk --approver officer-3"})
public final class KeysPublicCommand extends LocalCommand {

    @Parameters(paramLabel = "FILE", description = "The private key.")
    private Path file;

    @Mixin
    private KeyEntryOptions entry;

    public KeysPublicCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        entry.print(SignatureOptions.read(file));
        return ExitCode.OK;
    }
}

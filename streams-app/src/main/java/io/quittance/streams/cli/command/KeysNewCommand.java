package io.quittance.streams.cli.command;

import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.signature.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes a key pair to sign decisions or grants with. */
@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        description = {
            "Make a key to sign decisions or grants with. The private key goes into a new file that only you can read.",
            "What is printed is its public part: the entry for the \"keys\" of the key set that checks the signatures.",
            "For decisions that is the set that decisions.jwks names; for grants, the file is what grant.signing.key"
                    + " names, and the set what grant.jwks of the executors names."
        },
        footer = {
            "",
            "Examples:",
            "  quittance keys new officer-3.jwk --approver officer-3",
            "  quittance keys new grants.jwk"
        })
public final class KeysNewCommand extends LocalCommand {

    @Parameters(paramLabel = "FILE", description = "Where the private key goes; must not be there yet.")
    private Path file;

    @Mixin
    private KeyEntryOptions entry;

    public KeysNewCommand(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        SigningKey key = SigningKey.generate();
        try {
            key.store(file);
        } catch (IOException failure) {
            throw CliException.usage(
                    "The key cannot be written to " + file + ": " + SignatureOptions.reason(failure) + ".",
                    "Name a file that is not there yet, in a folder that you may write to.");
        }
        entry.print(key);
        return ExitCode.OK;
    }
}

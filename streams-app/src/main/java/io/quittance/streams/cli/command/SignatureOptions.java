package io.quittance.streams.cli.command;

import io.quittance.schema.DecisionEvent;
import io.quittance.streams.cli.CliException;
import io.quittance.streams.codec.Decisions;
import io.quittance.streams.signature.SigningKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether and how a decision is signed. */
final class SignatureOptions {
    /** Long enough for a pipeline that was down over night. */
    private static final Duration GOOD_FOR = Duration.ofHours(24);

    @Option(
            names = "--sign-with",
            paramLabel = "FILE",
            description = "Private key to sign the decision with, as 'quittance keys new' makes one.")
    private @Nullable Path keyFile;

    @Option(
            names = "--issuer",
            paramLabel = "NAME",
            description = "The signature's issuer, where the pipeline is configured to want one.")
    private @Nullable String issuer;

    /** Signs the decision as it is now, for a day; nothing of it may be changed any more. */
    void sign(DecisionEvent decision) {
        if (keyFile == null) {
            if (issuer != null) {
                throw CliException.usage("An issuer says who signs.", "Give --sign-with too, or leave --issuer out.");
            }
            return;
        }
        decision.setSignature(read(keyFile)
                .signer()
                .sign(
                        decision.getSubjectId(),
                        Decisions.read(decision),
                        issuer,
                        decision.getOccurredAt().plus(GOOD_FOR)));
    }

    static SigningKey read(Path file) {
        try {
            return SigningKey.read(file);
        } catch (IOException unusable) {
            throw CliException.usage(
                    "The key " + file + " cannot be used: " + reason(unusable) + ".",
                    "Give a file that 'quittance keys new' made, readable for you alone (chmod 600).");
        }
    }

    /** What is wrong with a file; the file system's own exceptions say but its path. */
    static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file or folder";
        } else if (failure instanceof FileAlreadyExistsException) {
            return "it is there already";
        }
        return failure instanceof FileSystemException
                ? "the file system does not let it be read or written"
                : String.valueOf(failure.getMessage());
    }
}

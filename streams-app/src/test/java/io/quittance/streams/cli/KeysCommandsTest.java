package io.quittance.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quittance.schema.DecisionEvent;
import io.quittance.streams.codec.Decisions;
import io.quittance.streams.domain.model.Vouching;
import io.quittance.streams.signature.SignatureKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysCommandsTest {
    private final CliFixture cli = new CliFixture();

    @TempDir
    Path directory;

    private String key;

    @BeforeEach
    void aPromptWaits() {
        key = directory.resolve("officer-1.jwk").toString();
        cli.pipeline.put("privacy.approvals", "r-1", Samples.prompt("r-1"));
    }

    @Test
    void aDecisionSignedWithANewKeyIsGoodByItsPublicPart() throws IOException {
        assertThat(cli.run("keys", "new", key, "--approver", "officer-1")).isZero();
        String entry = cli.out;

        assertThat(approve("--sign-with", key)).isZero();

        Vouching vouching = vouch(entry, null, CliFixture.NOW);
        assertThat(vouching.signed()).isTrue();
        assertThat(entry).contains(String.valueOf(vouching.keyId()));
        assertThat(vouch(entry, null, CliFixture.NOW.plus(Duration.ofHours(25))).signed())
                .isFalse();
    }

    @Test
    void theServicesOwnKeySignsForAnyApproverOfItsIssuer() throws IOException {
        assertThat(cli.run("keys", "new", key)).isZero();
        String entry = cli.out;

        assertThat(approve("--sign-with", key, "--issuer", "approvals.example.org"))
                .isZero();

        assertThat(vouch(entry, "approvals.example.org", CliFixture.NOW).signed())
                .isTrue();
        assertThat(vouch(entry, "another.example.org", CliFixture.NOW).signed()).isFalse();
    }

    @Test
    void thePrivatePartStaysInAFileOfItsOwner() throws IOException {
        assertThat(cli.run("keys", "new", key, "--approver", "officer-1")).isZero();

        assertThat(cli.out).contains("quittance_approvers").doesNotContain("\"d\"");
        assertThat(Files.readString(Path.of(key))).contains("\"d\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(key))))
                .isEqualTo("rw-------");
        String made = cli.out;
        assertThat(cli.run("keys", "public", key, "--approver", "officer-1", "--json"))
                .isZero();
        assertThat(cli.out).isEqualTo(made);
        assertThat(made.lines()).hasSize(1);
    }

    @Test
    void aKeyIsNeverWrittenOverAnother() throws IOException {
        assertThat(cli.run("keys", "new", key)).isZero();
        String first = Files.readString(Path.of(key));

        assertThat(cli.run("keys", "new", key)).isEqualTo(ExitCode.USAGE);

        assertThat(cli.err).contains("it is there already");
        assertThat(Files.readString(Path.of(key))).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void aKeyThatOthersMayReadOrChangeIsNotUsed(String permissions) throws IOException {
        assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
        cli.run("keys", "new", key);
        Files.setPosixFilePermissions(Path.of(key), PosixFilePermissions.fromString(permissions));

        assertThat(approve("--sign-with", key)).isEqualTo(ExitCode.USAGE);

        assertThat(cli.err).contains("others than its owner", "chmod 600");
        assertThat(cli.pipeline.values("privacy.decisions", DecisionEvent.class))
                .isEmpty();
    }

    @Test
    void whatIsNoKeyIsNotUsedAndNotShown() throws IOException {
        assertThat(approve("--sign-with", key)).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err).contains("there is no such file");

        cli.run("keys", "new", key);
        Files.writeString(Path.of(key), "{\"kty\":\"EC\",\"d\":\"hunter2\"}");
        assertThat(approve("--sign-with", key)).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err).contains("no private JSON Web Key").doesNotContain("hunter2");
    }

    @Test
    void anIssuerWithoutAKeyIsAMistake() {
        assertThat(approve("--issuer", "x")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err).contains("--sign-with");
    }

    private int approve(String... more) {
        var arguments = new ArrayList<>(List.of(
                "decide",
                "approve",
                "r-1",
                "--group",
                "privacy-officers",
                "--reason",
                "identity checked",
                "--only-system",
                "shop",
                "--window",
                "10m"));
        arguments.addAll(List.of(more));
        return cli.run(arguments.toArray(String[]::new));
    }

    private Vouching vouch(String entry, @Nullable String issuer, Instant now) throws IOException {
        Path keys = Files.writeString(directory.resolve("jwks.json"), "{\"keys\":[" + entry + "]}");
        DecisionEvent decision =
                cli.pipeline.values("privacy.decisions", DecisionEvent.class).get(0);
        try (var signatures = SignatureKeys.in(keys, issuer, Duration.ofMinutes(1))) {
            return signatures.vouch(decision.getSubjectId(), Decisions.read(decision), decision.getSignature(), now);
        }
    }
}

package io.quittance.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.schema.Action;
import io.quittance.schema.LimitClaim;
import io.quittance.schema.LimitClaimKind;
import io.quittance.schema.LimitDocument;
import io.quittance.schema.LimitPermit;
import org.junit.jupiter.api.Test;

class LimitsCommandsTest {

    private static final String LIMITS = "src/test/resources/documents/limits.yaml";

    private final CliFixture cli = new CliFixture();

    @Test
    void limitsArePublishedAsTheirNextVersionAndOnlyWhereTheyChange() {
        assertThat(cli.run("limits", "apply", LIMITS)).as(cli.err).isZero();
        assertThat(cli.out).isEqualTo("shop-deletes version 1 created\nexports version 1 created\n");
        assertThat(cli.pipeline.values("privacy.limits", LimitDocument.class))
                .extracting(LimitDocument::getPublishedBy)
                .containsOnly("officer-1");

        assertThat(cli.run("limits", "apply", LIMITS)).isZero();
        assertThat(cli.out).isEqualTo("shop-deletes version 1 unchanged\nexports version 1 unchanged\n");
        cli.input = "name: exports\nconcurrent: 3\n";
        assertThat(cli.run("limits", "apply", "-", "--json")).isZero();
        assertThat(cli.out)
                .isEqualTo("{\"name\":\"exports\",\"version\":2,\"change\":\"updated\",\"dry_run\":false}\n");
    }

    @Test
    void aMisspeltSystemIsNoted() {
        cli.run("limits", "apply", LIMITS);

        assertThat(cli.err).contains("There is no system 'shop' in the data map");
    }

    @Test
    void oneMistakeKeepsAllBackAndACheckNeedsNoCluster() {
        cli.input = "name: x\n";
        assertThat(cli.run("limits", "apply", LIMITS, "-")).isEqualTo(ExitCode.REFUSED);
        assertThat(cli.err).startsWith("-:1:1: A limit needs");
        assertThat(cli.pipeline.records).isEmpty();

        cli.environment.clear();
        assertThat(cli.run("limits", "apply", LIMITS, "--check")).isZero();
        assertThat(cli.err).isEqualTo("2 limits are valid.\n");
    }

    @Test
    void limitsAreListedShownAndRemoved() {
        assertThat(cli.run("limits", "show")).isZero();
        assertThat(cli.err).contains("Nothing is limited");
        cli.run("limits", "apply", LIMITS);

        assertThat(cli.run("limits", "show")).isZero();
        assertThat(cli.out).contains("shop-deletes", "DELETE, ANONYMIZE", "20 in 1h");
        assertThat(cli.run("limits", "show", "exports")).isZero();
        assertThat(cli.out).contains("per_window:", "window: 1h");
        assertThat(cli.run("limits", "show", "none")).isEqualTo(ExitCode.NOT_FOUND);

        assertThat(cli.run("limits", "remove", "exports", "--yes")).isZero();
        assertThat(cli.err).contains("within a second");
        assertThat(cli.pipeline.keys("privacy.limits")).containsExactly("shop-deletes");
        assertThat(cli.run("limits", "remove", "exports", "--yes")).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void aLimitThatCannotBeReadLeavesTheOneBeforeItInForceAndIsNotTakenForUnchanged() {
        cli.run("limits", "apply", LIMITS);
        cli.pipeline.putUnreadable("privacy.limits", "exports");

        assertThat(cli.run("limits", "show", "--json")).isZero();
        assertThat(cli.out).contains("shop-deletes", "exports");
        assertThat(cli.err).contains("published last as 'exports' is not in force", "Version 1 is");
        assertThat(cli.run("limits", "show", "exports")).isZero();
        assertThat(cli.out).contains("concurrent: 100");
        assertThat(cli.err).contains("published last as 'exports' is not in force");
        assertThat(cli.run("limits", "status", "--json")).isZero();
        assertThat(cli.out).contains("{\"limit\":\"exports\",");
        assertThat(cli.err).contains("published last as 'exports' is not in force");

        assertThat(cli.run("limits", "apply", LIMITS)).isZero();
        assertThat(cli.out).contains("shop-deletes version 1 unchanged").containsPattern("exports version \\d updated");
        assertThat(cli.run("limits", "show", "exports")).isZero();
        assertThat(cli.err).doesNotContain("not in force");
    }

    @Test
    void whereThereIsOnlyWhatCannotBeReadNothingIsInForce() {
        cli.pipeline.putUnreadable("privacy.limits", "exports");

        assertThat(cli.run("limits", "show", "--json")).isZero();
        assertThat(cli.out).isEmpty();
        assertThat(cli.err).contains("published as 'exports' cannot be read", "one that starts has none");
        assertThat(cli.run("limits", "show", "exports")).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.err).contains("'exports' cannot be read");
    }

    @Test
    void theStatusTellsWhatIsOutAndWhatWaits() {
        cli.run("limits", "apply", LIMITS);
        claim("a", LimitClaimKind.CLAIM, Action.DELETE);
        claim("b", LimitClaimKind.CLAIM, Action.DELETE);
        claim("c", LimitClaimKind.CLAIM, Action.DELETE);
        claim("d", LimitClaimKind.CLAIM, Action.EXPORT);
        permit("a");
        permit("b");
        claim("a", LimitClaimKind.RELEASE, Action.DELETE);

        assertThat(cli.run("limits", "status", "--json")).isZero();
        assertThat(cli.out).isEqualTo("""
                        {"limit":"exports","out":0,"waiting":1,"waiting_since":"2026-03-01T10:00:00Z"}
                        {"limit":"shop-deletes","out":1,"waiting":1,"waiting_since":"2026-03-01T10:00:00Z"}
                        """);
        assertThat(cli.run("limits", "status")).isZero();
        assertThat(cli.out).contains("OUT", "WAITING", "shop-deletes");
    }

    private void claim(String id, LimitClaimKind kind, Action action) {
        cli.pipeline.put(
                "privacy.limit-claims",
                id,
                LimitClaim.newBuilder()
                        .setClaimId(id)
                        .setKind(kind)
                        .setRequestId("r")
                        .setSubjectId("s")
                        .setSystem("shop")
                        .setAction(action)
                        .setAttempt(1)
                        .setAt(CliFixture.NOW)
                        .build());
    }

    private void permit(String id) {
        cli.pipeline.put(
                "privacy.limit-permits",
                "s",
                LimitPermit.newBuilder()
                        .setClaimId(id)
                        .setRequestId("r")
                        .setSubjectId("s")
                        .setSystem("shop")
                        .setAttempt(1)
                        .setPermittedAt(CliFixture.NOW)
                        .build());
    }
}

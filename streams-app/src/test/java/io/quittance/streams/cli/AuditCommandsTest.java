package io.quittance.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.ClockRunning;
import io.quittance.schema.RequestState;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class AuditCommandsTest {

    private final CliFixture cli = new CliFixture();

    @Test
    void theStoryTellsEveryPartOfTheAudit() {
        put(Samples.story("r-1"));

        assertThat(cli.run("audit", "show", "r-1")).isZero();

        assertThat(cli.out)
                .contains("policy default version 4, rule erase: ask, Erasure wants two officers.")
                .contains("request.action=DELETE, requester.type=SUBJECT")
                .contains("IDENTITY PROVEN level 2, by totp, vouched for by identity-service")
                .contains("APPROVE by officer-9, \"checked\", vouched for by TOPIC_ACL")
                .contains("APPROVE by officer-8, did not count: PLAN_HASH_MISMATCH")
                .contains("DELETE in shop, search, approved by officer-9")
                .contains("AO § 147", "copies until 2026-04-05T10:00:00Z", "s3://exports/r/shop.json")
                .contains("SUBMITTED  by subject-1: by the dashboard")
                .contains("2 more in between that the trail had no room for");
    }

    @Test
    void theStoryTellsWhatTheClockDid() {
        put(Samples.story("r-1"));

        assertThat(cli.run("audit", "show", "r-1")).isZero();

        assertThat(cli.out)
                .contains("Due         2026-05-31T10:00:00Z, kept with 90d left (GDPR art. 12(3))")
                .contains("Extended    2026-03-01T10:00:00Z to 2026-05-31T10:00:00Z by dpo-1: Many systems.");
    }

    @Test
    void howLongIsLeftIsToldFromNow() {
        put(open(Samples.clock().setAcknowledgeBy(Samples.NOW.plus(Duration.ofDays(12)))));
        cli.run("request", "show", "r-1");
        assertThat(cli.out)
                .contains("Due         2026-04-01T10:00:00Z, 31d left (GDPR art. 12(3))")
                .contains("Receipt     to be confirmed by 2026-03-13T10:00:00Z");

        put(open(Samples.clock().setDueAt(null).setPausedSince(Samples.NOW)));
        cli.run("request", "show", "r-1");
        assertThat(cli.out).contains("Due         paused since 2026-03-01T10:00:00Z");

        put(open(Samples.clock().setDueAt(null).setStartedAt(null)));
        cli.run("request", "show", "r-1");
        assertThat(cli.out).contains("Due         the time to answer has not begun to run");

        put(open(Samples.clock().setDueAt(Samples.NOW.minusMillis(1))));
        cli.run("request", "show", "r-1");
        assertThat(cli.out).contains("Due         2026-03-01T09:59:59.999Z, missed");
    }

    private static AuditRecord open(ClockRunning.Builder clock) {
        return Samples.audit("r-1", RequestState.QUEUED, false, 1)
                .setClock(clock.build())
                .build();
    }

    @Test
    void inJsonNamesAndOrderAreTheSchemas() throws IOException {
        put(Samples.story("r-1"));

        assertThat(cli.run("audit", "show", "r-1", "--json")).isZero();

        JsonNode json = new ObjectMapper().readTree(cli.out);
        assertThat(cli.out.lines()).hasSize(1);
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactlyElementsOf(AuditRecord.getClassSchema().getFields().stream()
                        .map(field -> field.name())
                        .toList());
        assertThat(json.at("/tasks/0/datasets/2/backup_until").textValue()).isEqualTo("2026-04-05T10:00:00Z");
        assertThat(json.at("/tasks/0/datasets/0/matched").longValue()).isEqualTo(3);
        assertThat(json.at("/duplicate_of").isNull()).isTrue();
        assertThat(json.at("/closed").booleanValue()).isTrue();
    }

    @Test
    void aListShowsEachRequestOnceAsItStandsNow() {
        put(Samples.audit("r-1", RequestState.QUEUED, false, 1).build());
        put(Samples.audit("r-2", RequestState.QUEUED, false, 2).build());
        put(Samples.audit("r-1", RequestState.FAILED, true, 3).build());

        assertThat(cli.run("audit", "list")).isZero();
        assertThat(cli.out.lines().map(line -> line.strip().split(" ")[0])).containsExactly("REQUEST", "r-1", "r-2");

        assertThat(cli.run("audit", "list", "--state", "QUEUED", "--json")).isZero();
        assertThat(cli.out.lines()).singleElement().asString().contains("\"r-2\"");
        assertThat(cli.run("audit", "list", "--open", "--json")).isZero();
        assertThat(cli.out.lines()).singleElement().asString().contains("\"r-2\"");
        assertThat(cli.run("audit", "list", "--subject", "subject-2")).isZero();
        assertThat(cli.out).isEmpty();
        assertThat(cli.err).contains("No request matches.");
        assertThat(cli.run("audit", "list", "--action", "EXPORT", "--json")).isZero();
        assertThat(cli.out).isEmpty();
        assertThat(cli.run("audit", "list", "--limit", "1", "--json")).isZero();
        assertThat(cli.out.lines()).hasSize(1);
        assertThat(cli.err).contains("1 more");
    }

    @Test
    void aTailPrintsRecordsAsTheyAreAndStopsAtTheMaximum() {
        put(Samples.audit("r-1", RequestState.QUEUED, false, 1).build());
        put(Samples.audit("r-1", RequestState.FULFILLED, true, 2).build());

        assertThat(cli.run("audit", "tail", "--from-beginning", "--max", "2")).isZero();
        assertThat(cli.out.lines())
                .containsExactly(
                        "2026-03-01T10:00:01Z  r-1  DELETE  QUEUED  Reason 1. (CODE_1)",
                        "2026-03-01T10:00:02Z  r-1  DELETE  FULFILLED  Reason 2. (CODE_2)");
        assertThat(cli.run("audit", "tail", "--from-beginning", "--max", "3", "--timeout", "1s"))
                .isEqualTo(ExitCode.TIMED_OUT);
        assertThat(cli.run("audit", "tail", "--timeout", "1s")).isZero();
        assertThat(cli.out).isEmpty();
    }

    @Test
    void colourIsForTerminals() {
        put(Samples.audit("r-1", RequestState.FULFILLED, true, 1).build());
        cli.ansi = Ansi.ON;

        assertThat(cli.run("request", "show", "r-1")).isZero();

        assertThat(cli.out).contains("\u001b[1m\u001b[32mFULFILLED\u001b[");
        assertThat(cli.run("request", "show", "r-1", "--json")).isZero();
        assertThat(cli.out).doesNotContain("\u001b");
    }

    @Test
    void whatOthersWroteCannotSteerTheTerminal() {
        put(Samples.audit("r-1", RequestState.QUEUED, false, 1)
                .setReason("\u001b[2Jgone\nState       FULFILLED \u202Edet\u009b1m")
                .build());

        assertThat(cli.run("request", "show", "r-1")).isZero();
        assertThat(cli.out).contains("?[2Jgone?State       FULFILLED ?det?1m");
        assertThat(cli.run("request", "show", "r-1", "--json")).isZero();
        assertThat(cli.out).contains("\\u001B[2Jgone\\nState       FULFILLED \\u202Edet\\u009B1m");
    }

    private void put(AuditRecord audit) {
        cli.pipeline.put("privacy.audit", audit.getRequestId(), audit);
    }
}

package io.quittance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.schema.Action;
import io.quittance.schema.Dataset;
import io.quittance.schema.Field;
import io.quittance.schema.Grant;
import io.quittance.schema.Identifiers;
import io.quittance.schema.Locator;
import io.quittance.schema.Minimization;
import io.quittance.schema.Sealed;
import io.quittance.schema.Task;
import io.quittance.schema.Transformation;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class TaskClaimsTest {
    private static final Topics TOPICS = Topics.withPrefix("privacy.");
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    /** An executor in another language makes these very bytes; the digests are of the texts in the next test. */
    @Test
    void theClaimsOfATaskStayTheSame() {
        assertThat(claims(task()))
                .isEqualTo("{\"action\":\"DELETE\",\"attempt\":3,"
                        + "\"datasets_sha256\":\"161626523019ba14f7e0bb6c1063e3281186985885d780a91f8ebd5ca1d847e6\","
                        + "\"deadline\":1795256100000,"
                        + "\"grant\":{\"action\":\"DELETE\",\"approved_by\":[\"approver-1\"],\"categories\":[],"
                        + "\"grant_id\":\"grant-1\",\"not_after\":1795255260000,\"not_before\":1795255140000,"
                        + "\"plan_sha256\":\"" + "0".repeat(64) + "\",\"request_id\":\"request-1\","
                        + "\"subject_id\":\"subject-1\",\"systems\":[\"crm\",\"shop\"]},"
                        + "\"identifiers_sha256\":\"c1848fc887b0b95bba30101a0e9f848b4c91bdc574e5b29c69277a80111d104d\","
                        + "\"issued_at\":1795255200000,"
                        + "\"minimizations_sha256\":\"2109f0067c6ce239cdf75c2d0276f846a4c42d856fa4ee537b35feab2674134f\","
                        + "\"regime\":\"GDPR\",\"request_id\":\"request-1\",\"subject_id\":\"subject-1\","
                        + "\"system\":\"shop\",\"task_id\":\"request-1/shop\",\"topics\":\"privacy.\",\"v\":1}");
    }

    /** As the datasets are: it may be as long, and would stand in the signature once more. */
    @Test
    void whatIsSparedIsDigestedAndNoClaimWhereThereIsNothing() {
        Task sparing = task();
        sparing.setSpared(task().getDatasets());

        assertThat(claims(sparing))
                .contains("\"spared_sha256\":\"161626523019ba14f7e0bb6c1063e3281186985885d780a91f8ebd5ca1d847e6\"")
                .doesNotContain("\"spared\"", "shop.customers");
        assertThat(TaskClaims.of(TOPICS, task()).differencesFrom(claims(sparing)))
                .containsExactly("spared_sha256");
    }

    @Test
    void whatIsDigestedHasTheCanonicalFormOfItsFields() {
        Task task = task();

        assertThat(CanonicalJson.write(CanonicalJson.plain(task.getIdentifiers())))
                .isEqualTo("{\"plain\":{\"email\":\"anna@example.org\"},"
                        + "\"sealed\":{\"algorithm\":\"X\",\"ciphertext\":\"-_8\",\"key_id\":\"k\"}}");
        assertThat(CanonicalJson.write(CanonicalJson.plain(task.getDatasets())))
                .isEqualTo("[{\"backup_days\":0,\"fields\":[{\"anonymize\":\"REDACT\",\"category\":\"contact\","
                        + "\"name\":\"email\"}],\"location\":\"shop.customers\",\"locator\":{\"column\":\"email\","
                        + "\"identifier\":\"email\",\"path\":[]},\"name\":\"customers\",\"on_delete\":\"ERASE\"}]");
        assertThat(CanonicalJson.write(CanonicalJson.plain(task.getMinimizations())))
                .isEqualTo("[{\"category\":\"contact\",\"transformation\":\"MASK\"}]");
    }

    /** RFC 8785, 3.2.2.2 and 3.2.3: its own example of what is escaped, and of the order of names. */
    @Test
    void textsAndNamesAreWrittenAsTheStandardWants() {
        assertThat(CanonicalJson.write("\u20ac$\u000F\nA'B\"\\\\\"/\u007f"))
                .isEqualTo("\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\u007f\"");
        assertThat(CanonicalJson.write(CanonicalJson.plain(Map.of(
                        "\u20ac", 1, "\r", 2, "\ufb33", 3, "1", 4, "\ud83d\ude00", 5, "\u0080", 6, "\u00f6", 7))))
                .isEqualTo(
                        "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}");
    }

    @Test
    void aTimeCountsAsKafkaCarriesIt() {
        Task finer = task();
        finer.setIssuedAt(NOW.plusNanos(999_999));

        assertThat(claims(finer)).isEqualTo(claims(task()));
    }

    @Test
    void whatIsSignedForOnePipelineIsNothingToAnother() {
        TaskClaims ours = TaskClaims.of(Topics.withPrefix("brand."), task());

        assertThat(ours.areIn(claims(task()))).isFalse();
        assertThat(ours.differencesFrom(claims(task()))).containsExactly("topics");
    }

    @Test
    void differencesAreNamedAndNotShown() {
        Task other = task();
        other.setPolicy("default");
        other.getGrant().setNotAfter(NOW);
        other.setIdentifiers(new Identifiers(Map.of("email", "eve@example.org"), null));

        assertThat(TaskClaims.of(TOPICS, task()).differencesFrom(claims(other)))
                .containsExactly("grant.not_after", "identifiers_sha256", "policy");
        assertThat(TaskClaims.of(TOPICS, task())).hasToString("TaskClaims[v=1]");
    }

    @Test
    void aPayloadOfAnotherVersionOrOfNoneDiffersInThat() {
        TaskClaims claims = TaskClaims.of(TOPICS, task());

        assertThat(claims.differencesFrom("{\"v\":2,\"more\":true}")).containsExactly("v");
        assertThat(claims.differencesFrom("[]")).containsExactly("payload");
        assertThat(claims.differencesFrom("")).containsExactly("payload");
        assertThat(claims.differencesFrom("{\"v\":")).containsExactly("payload");
        assertThat(claims.areIn(claims.canonical() + " ")).isFalse();
    }

    @Test
    void noFieldOfATaskHasTheNameOfAnotherClaim() {
        assertThat(Task.getClassSchema().getFields())
                .extracting(Schema.Field::name)
                .doesNotContain(
                        "v",
                        "topics",
                        "identifiers_sha256",
                        "datasets_sha256",
                        "minimizations_sha256",
                        "spared_sha256");
    }

    private static String claims(Task task) {
        return TaskClaims.of(TOPICS, task).canonical();
    }

    private static Task task() {
        return Task.newBuilder()
                .setTaskId("request-1/shop")
                .setRequestId("request-1")
                .setSubjectId("subject-1")
                .setSystem("shop")
                .setAttempt(3)
                .setAction(Action.DELETE)
                .setRegime("GDPR")
                .setGrant(Grant.newBuilder()
                        .setGrantId("grant-1")
                        .setRequestId("request-1")
                        .setSubjectId("subject-1")
                        .setAction(Action.DELETE)
                        .setSystems(List.of("crm", "shop"))
                        .setNotBefore(NOW.minusSeconds(60))
                        .setNotAfter(NOW.plusSeconds(60))
                        .setPlanSha256("0".repeat(64))
                        .setApprovedBy(List.of("approver-1"))
                        .build())
                .setIdentifiers(new Identifiers(
                        Map.of("email", "anna@example.org"),
                        new Sealed("k", "X", ByteBuffer.wrap(new byte[] {(byte) 0xfb, (byte) 0xff}))))
                .setDatasets(List.of(Dataset.newBuilder()
                        .setName("customers")
                        .setLocation("shop.customers")
                        .setLocator(new Locator("email", "email", List.of()))
                        .setFields(List.of(new Field("email", "contact", Transformation.REDACT)))
                        .build()))
                .setMinimizations(List.of(new Minimization("contact", Transformation.MASK)))
                .setIssuedAt(NOW)
                .setDeadline(NOW.plusSeconds(900))
                .setSignature("is not part of what is signed")
                .build();
    }
}

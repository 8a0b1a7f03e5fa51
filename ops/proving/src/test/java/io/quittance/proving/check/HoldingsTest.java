package io.quittance.proving.check;

import static io.quittance.proving.check.Histories.DATASET;
import static io.quittance.proving.check.Histories.NEIGHBOUR;
import static io.quittance.proving.check.Histories.SUBJECT;
import static io.quittance.proving.check.Histories.record;
import static io.quittance.proving.check.Histories.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.proving.check.AuditSeen.OutcomeSeen;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HoldingsTest {
    private final Invariant a5 = new Holdings();

    @Test
    void aRowThatIsAuditedAsErasedAndStillThereIsAViolation() {
        assertThat(Histories.deleted().row(SUBJECT, DATASET).foundBy(a5))
                .singleElement()
                .asString()
                .contains("still has 1 rows in crm/customers");
    }

    @Test
    void aRowThatNobodyAskedAboutAndIsGoneIsLost() {
        assertThat(Histories.quiet().foundBy(a5))
                .singleElement()
                .asString()
                .startsWith("LOST lost or changed 1 of 1 rows of crm/customers");
    }

    @Test
    void aRowThatNobodyAskedAboutAndIsChangedIsLost() {
        assertThat(Histories.quiet()
                        .changedRow(SUBJECT, DATASET, "somebody else")
                        .foundBy(a5))
                .hasSize(1);
    }

    @Test
    void aRowThatCameFromNowhereIsAViolation() {
        Histories history = Histories.quiet().row(SUBJECT, DATASET).row(NEIGHBOUR, DATASET);
        assertThat(history.foundBy(a5)).singleElement().asString().contains("that were not there before");
    }

    @Test
    void aDeleteThatWasNotSeenThroughMayHaveHappenedOrNot() {
        assertThat(Histories.quiet().issued(1).receipt(1, Histories.DONE).foundBy(a5))
                .isEmpty();
        assertThat(Histories.quiet().issued(1).row(SUBJECT, DATASET).foundBy(a5))
                .isEmpty();
    }

    @Test
    void rowsThatAreGoneWithoutAnyReceiptAreLost() {
        assertThat(Histories.quiet().issued(1).foundBy(a5)).containsExactly("LOST lost rows of crm with no receipt");
        assertThat(Histories.quiet()
                        .issued(1, "ANONYMIZE")
                        .changedRow(SUBJECT, DATASET, null)
                        .foundBy(a5))
                .containsExactly("LOST has changed rows in crm with no receipt");
    }

    @Test
    void rowsThatAreAuditedAsAnonymizedMustNotSayWhoItIs() {
        List<OutcomeSeen> outcome = List.of(new OutcomeSeen(DATASET, "ANONYMIZED", 1, 1, 0, null, null, 0));
        Histories history = Histories.quiet().issued(1, "ANONYMIZE");
        history.audit(1, "FULFILLED", true, List.of(task(1, "DONE", outcome)));
        assertThat(history.changedRow(SUBJECT, DATASET, null).foundBy(a5)).isEmpty();
        Histories telling = Histories.quiet().issued(1, "ANONYMIZE").row(SUBJECT, DATASET);
        telling.audit(1, "FULFILLED", true, List.of(task(1, "DONE", outcome)));
        assertThat(telling.foundBy(a5)).singleElement().asString().contains("still say who it is");
        Histories spoiled = Histories.quiet().issued(1, "ANONYMIZE").changedRow(SUBJECT, DATASET, null, "");
        spoiled.audit(1, "FULFILLED", true, List.of(task(1, "DONE", outcome)));
        assertThat(spoiled.foundBy(a5)).singleElement().asString().contains("what was to be kept");
    }

    @Test
    void anExportThatMissesARecordIsLost() {
        assertThat(exported("").foundBy(a5)).singleElement().asString().startsWith("LOST misses 1 of 1 records");
    }

    @Test
    void anExportWithARecordTwiceIsDoubled() {
        String once = record(SUBJECT, DATASET);
        assertThat(exported(once + "," + once).foundBy(a5))
                .anySatisfy(found -> assertThat(found).startsWith("DOUBLED has records twice"));
    }

    @Test
    void anExportWithSomebodyElsesRecordIsAViolation() {
        assertThat(exported(record(SUBJECT, DATASET) + "," + record(NEIGHBOUR, DATASET))
                        .foundBy(a5))
                .singleElement()
                .asString()
                .contains("not the subject's");
    }

    @Test
    void aDocumentThatIsNotTheOneTheAuditNamesIsAViolation() {
        Histories history = Histories.exported();
        history.export("{}");
        assertThat(history.foundBy(a5)).anySatisfy(found -> assertThat(found).contains("not the one its audit names"));
    }

    @Test
    void toBeToldThatNothingWasFoundWhereRowsAreIsAViolation() {
        Histories history = Histories.quiet().row(SUBJECT, DATASET).issued(1, "EXPORT");
        var outcome = new OutcomeSeen(DATASET, "NOT_FOUND", 0, 0, 0, null, null, 0);
        history.audit(1, "FULFILLED", true, List.of(task(1, "DONE", List.of(outcome, none("invoices")))));
        assertThat(history.foundBy(a5))
                .hasSize(2)
                .allSatisfy(found -> assertThat(found).contains("nothing was found"));
    }

    @Test
    void anExportTellsOfEveryDatasetItWasSentOutFor() {
        Histories history = Histories.quiet().row(SUBJECT, DATASET).issued(1, "EXPORT");
        history.audit(1, "FULFILLED", true, List.of(task(1, "DONE", List.of(none(DATASET)))));
        assertThat(history.foundBy(a5)).contains("LOST is done in crm, and says nothing of invoices");
    }

    @Test
    void anExportIsSentOutForEverythingThatWasAskedFor() {
        Histories history = Histories.quiet()
                .row(SUBJECT, DATASET)
                .submitted(Map.of("action", "EXPORT"), "FULFILLED")
                .issued(Histories.REQUEST, 1, "EXPORT", List.of("invoices"), Histories.ISSUED);
        history.audit(1, "FULFILLED", true, List.of(task(1, "DONE", List.of(none("invoices")))));
        assertThat(history.foundBy(a5)).contains("LOST is done in crm, and says nothing of customers");
        assertThat(history.asked("EXPORT", List.of(), List.of("financial")).foundBy(a5))
                .noneMatch(found -> found.contains("customers"));
    }

    @Test
    void aDeleteThatComesAfterAnExportExcusesNothingOfIt() {
        assertThat(exported("").issued("r-2", 1, "DELETE", Histories.CLOSED).foundBy(a5))
                .singleElement()
                .asString()
                .startsWith("LOST misses 1 of 1 records");
        Histories before = exported("").issued("r-2", 1, "DELETE", Histories.CLOSED - 1);
        assertThat(before.foundBy(a5)).isEmpty();
        assertThat(before.comparedBy(a5)).isEqualTo(Map.of("export", 0L));
        assertThat(exported("")
                        .issued("r-2", 1, "DELETE", Histories.CLOSED)
                        .fault("clock-step", 1, 2)
                        .foundBy(a5))
                .isEmpty();
    }

    @Test
    void anExportHandsOutWhatIsHeld() {
        Histories history = Histories.quiet().row(SUBJECT, DATASET).issued(1, "EXPORT");
        var kept = new OutcomeSeen(DATASET, "RETAINED", 1, 0, 1, null, null, 0);
        history.audit(1, "FULFILLED", true, List.of(task(1, "DONE", List.of(kept, none("invoices")))));
        assertThat(history.foundBy(a5)).contains("VIOLATED was to be handed crm/customers, which is RETAINED");
    }

    private static OutcomeSeen none(String dataset) {
        return new OutcomeSeen(dataset, "NOT_FOUND", 0, 0, 0, null, null, 0);
    }

    private static Histories exported(String records) {
        var history = Histories.quiet().row(SUBJECT, DATASET).issued(1, "EXPORT");
        var text =
                "{\"request_id\":\"r-1\",\"system\":\"crm\",\"created_at\":\"1970-01-01T00:00:02Z\",\"datasets\":[{\"name\":\"%s\",\"records\":[%s]},{\"name\":\"invoices\",\"records\":[%s]}]}"
                        .formatted(DATASET, records, record(SUBJECT, "invoices"));
        var outcomes = List.of(Histories.exported(DATASET, text), Histories.exported("invoices", text));
        return history.export(text).audit(1, "FULFILLED", true, List.of(task(1, "DONE", outcomes)));
    }
}

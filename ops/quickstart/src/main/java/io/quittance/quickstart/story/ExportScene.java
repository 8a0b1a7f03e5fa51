package io.quittance.quickstart.story;

import com.google.common.hash.Hashing;
import io.quittance.quickstart.shop.Shop.Customer;
import io.quittance.schema.Action;
import io.quittance.schema.AuditRecord;
import io.quittance.schema.DatasetOutcome;
import io.quittance.schema.Disposition;
import io.quittance.schema.ExportedDocument;
import io.quittance.schema.RequestState;
import java.util.List;
import java.util.Objects;

/** A customer asks for a copy and has proven who they are: a rule approves, and documents are written. */
final class ExportScene implements Scene {
    @Override
    public String title() {
        return "A customer asks for a copy of their data";
    }

    @Override
    public void play(Stage stage) {
        Customer customer = stage.nextCustomer();
        Holdings before = stage.holdings(customer);

        String request = stage.publisher.submit(
                customer.subjectId(), Requests.byCustomer(customer, Action.EXPORT, "self-service"));
        stage.narrator.tells("publisher", "EXPORT for " + customer.subjectId() + " (" + request + ")");
        AuditRecord waiting = stage.compliance.await(
                request, audit -> audit.getState() == RequestState.AWAITING_VERIFICATION, Stage.PATIENCE);
        stage.narrator.tells("pipeline", waiting.getReason());
        stage.identity.prove(request, customer.subjectId(), 2);
        stage.narrator.tells("identity", "proven at level 2");
        AuditRecord audit = stage.compliance.awaitClosed(request, Stage.PATIENCE);
        stage.narrator.audit(audit);

        stage.check(audit.getState() == RequestState.FULFILLED, "the request is fulfilled");
        List<ExportedDocument> documents = documents(audit);
        stage.check(!documents.isEmpty(), "documents were written");
        stage.check(
                documents.stream().allMatch(document -> isThere(stage, document)),
                documents.size() + " documents are in the object store with exactly the SHA-256 the audit names");
        stage.check(
                exported(audit, "orders") == before.rows("orders"),
                "the export has the " + before.rows("orders") + " orders that the database has");
        stage.check(stage.holdings(customer).equals(before), "nothing was changed by reading");
    }

    private static List<ExportedDocument> documents(AuditRecord audit) {
        return audit.getTasks().stream()
                .flatMap(task -> task.getDatasets().stream())
                .filter(outcome -> outcome.getDisposition() == Disposition.EXPORTED)
                .map(DatasetOutcome::getDocument)
                .map(Objects::requireNonNull)
                .distinct()
                .toList();
    }

    private static boolean isThere(Stage stage, ExportedDocument document) {
        byte[] bytes = stage.fetch(document.getUri());
        return bytes.length == document.getBytes()
                && Hashing.sha256().hashBytes(bytes).toString().equals(document.getSha256());
    }

    private static long exported(AuditRecord audit, String dataset) {
        return audit.getTasks().stream()
                .flatMap(task -> task.getDatasets().stream())
                .filter(outcome -> outcome.getDataset().equals(dataset))
                .mapToLong(DatasetOutcome::getAffected)
                .sum();
    }
}

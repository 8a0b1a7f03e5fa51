package io.quittance.streams.codec;

import io.quittance.streams.domain.Door;
import io.quittance.streams.domain.model.Dataset;
import io.quittance.streams.domain.model.DatasetOutcome;
import io.quittance.streams.domain.model.Disposal;
import io.quittance.streams.domain.model.Disposition;
import io.quittance.streams.domain.model.ExportedDocument;
import io.quittance.streams.domain.model.Field;
import io.quittance.streams.domain.model.ForeignKey;
import io.quittance.streams.domain.model.Grant;
import io.quittance.streams.domain.model.Identifiers;
import io.quittance.streams.domain.model.Locator;
import io.quittance.streams.domain.model.Minimization;
import io.quittance.streams.domain.model.Narrowing;
import io.quittance.streams.domain.model.Payload;
import io.quittance.streams.domain.model.Scope;
import io.quittance.streams.domain.model.SealedIdentifiers;
import io.quittance.streams.domain.model.Transformation;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Values that several records share, both ways. */
final class CommonMapping {
    /** Longest location, column or URI, in characters. */
    private static final int MAX_PLACE = 2048;

    private CommonMapping() {}

    static <A, B> List<B> each(List<A> values, Function<A, B> mapping) {
        return values.stream().map(mapping).toList();
    }

    static Scope scope(io.quittance.schema.Scope scope) {
        return new Scope(scope.getSystems(), scope.getCategories());
    }

    static Identifiers identifiers(io.quittance.schema.Identifiers identifiers) {
        return new Identifiers(identifiers.getPlain(), sealed(identifiers.getSealed()));
    }

    static io.quittance.schema.Identifiers identifiers(Identifiers identifiers) {
        return io.quittance.schema.Identifiers.newBuilder()
                .setPlain(identifiers.plain())
                .setSealed(sealed(identifiers.sealed()))
                .build();
    }

    /** Null where nothing is left out. */
    static io.quittance.schema.@Nullable Narrowing narrowing(Narrowing narrowing) {
        return narrowing.equals(Narrowing.NONE)
                ? null
                : io.quittance.schema.Narrowing.newBuilder()
                        .setSystems(narrowing.systems())
                        .setCategories(narrowing.categories())
                        .setWindowMs(
                                narrowing.window() == null
                                        ? null
                                        : narrowing.window().toMillis())
                        .build();
    }

    static Minimization minimization(io.quittance.schema.Minimization minimization) {
        Require.known("minimize.transformation", minimization.getTransformation());
        return new Minimization(
                Require.name("minimize.category", minimization.getCategory(), Door.MAX_TEXT),
                Enums.to(Transformation.class, minimization.getTransformation()));
    }

    static io.quittance.schema.Minimization minimization(Minimization minimization) {
        return new io.quittance.schema.Minimization(
                minimization.category(),
                Enums.to(io.quittance.schema.Transformation.class, minimization.transformation()));
    }

    static Dataset dataset(io.quittance.schema.Dataset dataset) {
        String name = Require.name("dataset.name", dataset.getName(), Door.MAX_TEXT);
        Require.known("dataset.on_delete", dataset.getOnDelete());
        Disposal onDelete = Enums.to(Disposal.class, dataset.getOnDelete());
        String ground = Require.optionalText("dataset.legal_ground", dataset.getLegalGround(), Door.MAX_REASON);
        Require.that(
                onDelete != Disposal.RETAIN || (ground != null && !ground.isBlank()),
                "a dataset that is retained names no legal_ground");
        return new Dataset(
                name,
                Require.name("dataset.location", dataset.getLocation(), MAX_PLACE),
                locator(dataset.getLocator()),
                each(dataset.getFields(), CommonMapping::field),
                onDelete,
                ground,
                (int) Require.range("dataset.backup_days", dataset.getBackupDays(), 0, 36_500));
    }

    static io.quittance.schema.Dataset dataset(Dataset dataset) {
        return io.quittance.schema.Dataset.newBuilder()
                .setName(dataset.name())
                .setLocation(dataset.location())
                .setLocator(locator(dataset.locator()))
                .setFields(each(dataset.fields(), CommonMapping::field))
                .setOnDelete(Enums.to(io.quittance.schema.Disposal.class, dataset.onDelete()))
                .setLegalGround(dataset.legalGround())
                .setBackupDays(dataset.backupDays())
                .build();
    }

    static io.quittance.schema.Grant grant(
            Grant grant, String requestId, String subjectId, io.quittance.schema.Action action) {
        return io.quittance.schema.Grant.newBuilder()
                .setGrantId(grant.grantId())
                .setRequestId(requestId)
                .setSubjectId(subjectId)
                .setAction(action)
                .setSystems(grant.systems())
                .setCategories(grant.categories())
                .setNotBefore(grant.notBefore())
                .setNotAfter(grant.notAfter())
                .setPlanSha256(grant.planHash())
                .setApprovedBy(grant.approvedBy())
                .build();
    }

    static DatasetOutcome outcome(io.quittance.schema.DatasetOutcome outcome) {
        io.quittance.schema.ExportedDocument document = outcome.getDocument();
        return new DatasetOutcome(
                Require.name("datasets.dataset", outcome.getDataset(), Door.MAX_TEXT),
                Enums.to(Disposition.class, outcome.getDisposition()),
                outcome.getMatched(),
                outcome.getAffected(),
                outcome.getResidual(),
                Require.optionalText("datasets.legal_ground", outcome.getLegalGround(), Door.MAX_REASON),
                Require.optionalTime("datasets.backup_until", outcome.getBackupUntil()),
                document == null ? null : document(document));
    }

    static io.quittance.schema.DatasetOutcome outcome(DatasetOutcome outcome) {
        return io.quittance.schema.DatasetOutcome.newBuilder()
                .setDataset(outcome.dataset())
                .setDisposition(Enums.to(io.quittance.schema.Disposition.class, outcome.disposition()))
                .setMatched(outcome.matched())
                .setAffected(outcome.affected())
                .setResidual(outcome.residual())
                .setLegalGround(outcome.legalGround())
                .setBackupUntil(outcome.backupUntil())
                .setDocument(document(outcome.document()))
                .build();
    }

    private static ExportedDocument document(io.quittance.schema.ExportedDocument document) {
        return new ExportedDocument(
                Require.name("datasets.document.uri", document.getUri(), MAX_PLACE),
                Require.name("datasets.document.sha256", document.getSha256(), 64),
                document.getBytes(),
                document.getRecords());
    }

    private static io.quittance.schema.@Nullable ExportedDocument document(@Nullable ExportedDocument document) {
        return document == null
                ? null
                : new io.quittance.schema.ExportedDocument(
                        document.uri(), document.sha256(), document.bytes(), document.records());
    }

    private static @Nullable SealedIdentifiers sealed(io.quittance.schema.@Nullable Sealed sealed) {
        return sealed == null
                ? null
                : new SealedIdentifiers(
                        sealed.getKeyId(), sealed.getAlgorithm(), new Payload(bytes(sealed.getCiphertext())));
    }

    private static io.quittance.schema.@Nullable Sealed sealed(@Nullable SealedIdentifiers sealed) {
        return sealed == null
                ? null
                : new io.quittance.schema.Sealed(
                        sealed.keyId(),
                        sealed.algorithm(),
                        ByteBuffer.wrap(sealed.ciphertext().bytes()));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static Locator locator(io.quittance.schema.Locator locator) {
        return new Locator(
                Require.name("locator.identifier", locator.getIdentifier(), Door.MAX_TEXT),
                Require.name("locator.column", locator.getColumn(), MAX_PLACE),
                each(locator.getPath(), CommonMapping::step));
    }

    private static io.quittance.schema.Locator locator(Locator locator) {
        return new io.quittance.schema.Locator(
                locator.identifier(), locator.column(), each(locator.path(), CommonMapping::step));
    }

    private static ForeignKey step(io.quittance.schema.ForeignKey key) {
        return new ForeignKey(
                Require.name("locator.path.column", key.getColumn(), Door.MAX_TEXT),
                Require.name("locator.path.references_table", key.getReferencesTable(), MAX_PLACE),
                Require.name("locator.path.references_column", key.getReferencesColumn(), Door.MAX_TEXT));
    }

    private static io.quittance.schema.ForeignKey step(ForeignKey key) {
        return new io.quittance.schema.ForeignKey(key.column(), key.referencesTable(), key.referencesColumn());
    }

    private static Field field(io.quittance.schema.Field field) {
        Require.known("fields.anonymize", field.getAnonymize());
        return new Field(
                Require.name("fields.name", field.getName(), Door.MAX_TEXT),
                Require.name("fields.category", field.getCategory(), Door.MAX_TEXT),
                Enums.to(Transformation.class, field.getAnonymize()));
    }

    private static io.quittance.schema.Field field(Field field) {
        return new io.quittance.schema.Field(
                field.name(), field.category(), Enums.to(io.quittance.schema.Transformation.class, field.anonymize()));
    }
}

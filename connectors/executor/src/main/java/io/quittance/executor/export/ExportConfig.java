package io.quittance.executor.export;

import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/**
 * Where exports are written. A fragment that any executor adds to its configuration.
 *
 * @param connection how to reach the server
 * @param bucket bucket for the documents; nobody but the delivery service should be able to read it
 * @param prefix what every key begins with; empty, or ending in '/'
 * @param encryption server-side encryption asked for: empty for the bucket's own, "AES256" or "aws:kms"
 * @param kmsKeyId key for "aws:kms"; empty for the account's default key
 * @param partBytes memory for one document, and length of the parts a larger one is sent in
 */
public record ExportConfig(
        ObjectStoreConnection connection,
        String bucket,
        String prefix,
        String encryption,
        String kmsKeyId,
        int partBytes) {
    /** What every key of the fragment begins with. */
    public static final String KEY_PREFIX = "export.";

    private static final String BUCKET = "export.bucket";
    private static final String PREFIX = "export.prefix";
    private static final String ENCRYPTION = "export.encryption";
    private static final String KMS_KEY_ID = "export.encryption.kms.key.id";
    private static final String PART_BYTES = "export.part.bytes";
    private static final String GROUP = "Export";
    private static final int SMALLEST_PART = 5 * 1024 * 1024;
    private static final int LARGEST_PART = 64 * 1024 * 1024;

    /** Adds the keys. */
    public static ConfigDef define(ConfigDef config) {
        ObjectStoreConnection.define(config, KEY_PREFIX, GROUP);
        int order = 20;
        return config.define(
                        BUCKET,
                        Type.STRING,
                        "",
                        Importance.HIGH,
                        "Bucket that ACCESS and EXPORT write documents to. Empty: such tasks fail with"
                                + " EXPORT_NOT_CONFIGURED.",
                        GROUP,
                        ++order,
                        ConfigDef.Width.MEDIUM,
                        "Bucket")
                .define(
                        PREFIX,
                        Type.STRING,
                        "",
                        KeyPrefix.validator(),
                        Importance.MEDIUM,
                        "What every key begins with, ending in '/'; the rest is subject/request/system/grant.json.",
                        GROUP,
                        ++order,
                        ConfigDef.Width.MEDIUM,
                        "Key prefix")
                .define(
                        ENCRYPTION,
                        Type.STRING,
                        "",
                        ConfigDef.ValidString.in("", "AES256", "aws:kms"),
                        Importance.MEDIUM,
                        "Server-side encryption to ask for: AES256 or aws:kms. Empty: as the bucket is set up.",
                        GROUP,
                        ++order,
                        ConfigDef.Width.SHORT,
                        "Encryption")
                .define(
                        KMS_KEY_ID,
                        Type.STRING,
                        "",
                        Importance.LOW,
                        "Key for aws:kms. Empty: the account's default key.",
                        GROUP,
                        ++order,
                        ConfigDef.Width.MEDIUM,
                        "KMS key")
                .define(
                        PART_BYTES,
                        Type.INT,
                        8 * 1024 * 1024,
                        ConfigDef.Range.between(SMALLEST_PART, LARGEST_PART),
                        Importance.LOW,
                        "Memory for one document, in bytes. A larger document is sent in parts of this length, at most"
                                + " 10,000 of them.",
                        GROUP,
                        ++order,
                        ConfigDef.Width.SHORT,
                        "Part length");
    }

    /**
     * Reads the keys that {@link #define} added.
     *
     * @return empty if no bucket is configured
     * @throws ConfigException saying which key is wrong and how to mend it
     */
    public static Optional<ExportConfig> parse(AbstractConfig config) {
        String bucket = config.getString(BUCKET).strip();
        if (bucket.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ExportConfig(
                ObjectStoreConnection.parse(config, KEY_PREFIX),
                bucket,
                config.getString(PREFIX),
                config.getString(ENCRYPTION),
                kmsKeyId(config),
                config.getInt(PART_BYTES)));
    }

    /** The store that a configuration describes; one that refuses every document if it describes none. */
    public static ExportStore openStore(AbstractConfig config) {
        Optional<ExportConfig> export = parse(config);
        return export.isPresent() ? S3ExportStore.open(export.get()) : new NoExportStore();
    }

    private static String kmsKeyId(AbstractConfig config) {
        String keyId = config.getString(KMS_KEY_ID).strip();
        if (!keyId.isEmpty() && !config.getString(ENCRYPTION).equals("aws:kms")) {
            throw new ConfigException(KMS_KEY_ID, keyId, "needs " + ENCRYPTION + "=aws:kms");
        }
        return keyId;
    }
}

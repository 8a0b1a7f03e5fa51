package io.quittance.executor.s3;

import io.quittance.executor.export.KeyPrefix;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * Where receipts are kept.
 *
 * @param bucket on the same server as the person's objects
 * @param prefix what their keys begin with; empty, or ending in '/'
 */
record ReceiptsLocation(String bucket, String prefix) {
    private static final String BUCKET = "receipts.bucket";
    private static final String PREFIX = "receipts.prefix";
    private static final String GROUP = "Receipts";

    static ConfigDef define(ConfigDef config) {
        return config.define(
                        BUCKET,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Bucket for the executor's receipts: what was done for which task, without personal data.",
                        GROUP,
                        1,
                        ConfigDef.Width.MEDIUM,
                        "Bucket")
                .define(
                        PREFIX,
                        Type.STRING,
                        "receipts/",
                        KeyPrefix.validator(),
                        Importance.LOW,
                        "What the keys of receipts begin with, ending in '/'.",
                        GROUP,
                        2,
                        ConfigDef.Width.MEDIUM,
                        "Key prefix");
    }

    static ReceiptsLocation parse(AbstractConfig config) {
        return new ReceiptsLocation(config.getString(BUCKET).strip(), config.getString(PREFIX));
    }
}

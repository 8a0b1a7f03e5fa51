package io.quittance.executor.s3;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/**
 * Where receipts are kept.
 *
 * @param bucket on the same server as the person's objects
 * @param prefix what their keys begin with; ends in '/'
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
                        Importance.LOW,
                        "What the keys of receipts begin with, ending in '/'.",
                        GROUP,
                        2,
                        ConfigDef.Width.MEDIUM,
                        "Key prefix");
    }

    /** @throws ConfigException saying which key is wrong and how to mend it */
    static ReceiptsLocation parse(AbstractConfig config) {
        String prefix = config.getString(PREFIX).strip();
        if (!prefix.matches("([A-Za-z0-9_=-][A-Za-z0-9._=-]*/)+")) {
            throw new ConfigException(
                    PREFIX, prefix, "must be path parts of letters, digits and . _ = - that each end in '/'");
        }
        return new ReceiptsLocation(config.getString(BUCKET).strip(), prefix);
    }
}

package io.quittance.executor.s3;

import io.quittance.executor.DataSystem;
import io.quittance.executor.ExecutorConfig;
import io.quittance.executor.ExecutorPlugin;
import io.quittance.executor.export.ExportConfig;
import io.quittance.executor.export.ExportStore;
import io.quittance.executor.export.ObjectStoreConnection;
import java.time.Clock;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import software.amazon.awssdk.services.s3.S3Client;

/** Object stores that speak S3, as a kind of system. */
final class S3ExecutorPlugin implements ExecutorPlugin {
    private static final String CONNECTION = "s3.";
    private static final String TEXT_BYTES = "s3.text.max.bytes";
    private static final String PAGE_SIZE = "s3.page.size";
    private static final String GROUP = "Object store";

    @Override
    public String name() {
        return "s3";
    }

    @Override
    public ConfigDef options() {
        ConfigDef options = ObjectStoreConnection.define(new ConfigDef(), CONNECTION, GROUP)
                .define(
                        TEXT_BYTES,
                        Type.INT,
                        1024 * 1024,
                        Range.between(0, 16 * 1024 * 1024),
                        Importance.LOW,
                        "Objects up to this length, in bytes, are exported as text if they are UTF-8; all others as"
                                + " Base64.",
                        GROUP,
                        20,
                        ConfigDef.Width.SHORT,
                        "Longest text")
                .define(
                        PAGE_SIZE,
                        Type.INT,
                        1_000,
                        Range.between(1, 1_000),
                        Importance.LOW,
                        "Objects listed, and removed, in one request. The grant is asked for before each removal; one"
                                + " that takes 15 seconds is given up and tried again, so take fewer where the store is"
                                + " slow.",
                        GROUP,
                        21,
                        ConfigDef.Width.SHORT,
                        "Page size");
        return ExportConfig.define(ReceiptsLocation.define(options));
    }

    @Override
    public DataSystem createSystem(ExecutorConfig config, Clock clock) {
        ObjectStoreConnection connection = ObjectStoreConnection.parse(config, CONNECTION);
        ReceiptsLocation receipts = ReceiptsLocation.parse(config);
        ExportStore exports = ExportConfig.openStore(config);
        S3Client client = connection.open();
        return new S3DataSystem(
                client,
                exports,
                new Receipts(client, receipts),
                config.getInt(PAGE_SIZE),
                config.getInt(TEXT_BYTES),
                clock);
    }
}

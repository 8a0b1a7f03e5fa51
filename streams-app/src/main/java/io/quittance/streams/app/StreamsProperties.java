package io.quittance.streams.app;

import io.quittance.streams.config.AppConfig;
import io.quittance.streams.topology.QuittanceTopology;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;

/** What Kafka Streams is given: the configuration, and what follows from how the pipeline is built. */
final class StreamsProperties {
    /** Well above a commit interval, the longest slice of timers, and the wait for a registry that is away. */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(30);

    /** Of each partition; a transaction has records for few of them and wants them in few requests. */
    private static final int PRODUCER_BATCH_BYTES = 128 * 1024;

    /**
     * How long a changelog may keep a row that was replaced. Rows hold identifiers of people while requests are open.
     * Compaction alone has no bound in time: it waits until half of the log is old, and leaves out the segment that is
     * written to, which by default stays open for a week. This bound makes the broker close segments in time, too.
     */
    private static final Duration REPLACED_ROWS_STAY = Duration.ofDays(1);

    private StreamsProperties() {}

    static Properties of(AppConfig config) {
        Properties properties = config.toStreamsProperties();
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class.getName());
        // A record that cannot be written is never dropped: the task fails, and what led to it comes again.
        properties.put(
                StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
                DefaultProductionExceptionHandler.class.getName());
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), QuittanceTopology.MAX_ROW_BYTES);
        properties.putIfAbsent(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), (int)
                TRANSACTION_TIMEOUT.toMillis());
        properties.putIfAbsent(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.putIfAbsent(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), PRODUCER_BATCH_BYTES);
        properties.putIfAbsent(
                StreamsConfig.topicPrefix(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG),
                Long.toString(REPLACED_ROWS_STAY.toMillis()));
        // Requests that were published before the pipeline ran for the first time count.
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        return properties;
    }
}

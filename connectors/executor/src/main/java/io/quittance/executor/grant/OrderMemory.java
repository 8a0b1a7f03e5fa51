package io.quittance.executor.grant;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What is kept of a topic that carries orders. Told by one thread, asked by others. */
interface OrderMemory extends AutoCloseable {
    String topic();

    /** The topic is about to be read from its beginning. */
    void startOver();

    /** @throws org.apache.kafka.common.errors.RetriableException to have it read again later */
    void remember(ConsumerRecord<byte[], byte[]> entry);

    /** All that was on the topic when the reading began has been remembered. */
    void caughtUp();

    @Override
    void close();
}

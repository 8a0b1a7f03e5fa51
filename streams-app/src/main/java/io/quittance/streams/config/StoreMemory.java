package io.quittance.streams.config;

/**
 * Memory of all state stores of this process together, in bytes.
 *
 * @param rocksDbCache block cache, index and filters, shared by every RocksDB
 * @param rocksDbWriteBuffers memtables of every RocksDB; counted inside the cache
 * @param recordCache Kafka Streams' cache in front of the stores
 */
public record StoreMemory(long rocksDbCache, long rocksDbWriteBuffers, long recordCache) {}

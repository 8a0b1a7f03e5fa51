package io.quittance.streams.config;

/**
 * Memory of the state stores, in bytes; of all in this process together unless said otherwise.
 *
 * @param rocksDbCache block cache, index and filters, shared by every RocksDB
 * @param rocksDbWriteBuffers memtables of every RocksDB; counted inside the cache
 * @param recordCache Kafka Streams' cache in front of the stores
 * @param parsedDockets rows of open requests that each task keeps parsed as well
 */
public record StoreMemory(long rocksDbCache, long rocksDbWriteBuffers, long recordCache, long parsedDockets) {}

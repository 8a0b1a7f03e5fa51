package io.quittance.streams.app;

import io.quittance.streams.config.AppConfig;
import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the memory of all RocksDB stores of this process together: one cache, in which index blocks, filters and write
 * buffers are counted too. Kafka Streams makes one of these per store.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    private static final long DEFAULT_CACHE = 64L * 1024 * 1024;
    private static final long DEFAULT_WRITE_BUFFERS = 16L * 1024 * 1024;
    private static final double FOR_INDEXES = 0.1;
    private static final int FILTER_BITS_PER_KEY = 10;

    private static @Nullable Shared shared;

    private @Nullable BloomFilter filter;

    /** Never closed: it lives as long as the process, whatever stores come and go. */
    private record Shared(Cache cache, WriteBufferManager writeBuffers) {}

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        Shared memory = shared(configs);
        var bloom = new BloomFilter(FILTER_BITS_PER_KEY);
        filter = bloom;
        var table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(memory.cache());
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        table.setFilterPolicy(bloom);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memory.writeBuffers());
    }

    @Override
    public void close(String storeName, Options options) {
        if (filter != null) {
            filter.close();
            filter = null;
        }
    }

    /** The first application of the process says how much there is. */
    private static synchronized Shared shared(Map<String, Object> configs) {
        if (shared == null) {
            RocksDB.loadLibrary();
            long bytes = bytes(configs, AppConfig.ROCKSDB_CACHE_BYTES, DEFAULT_CACHE);
            var cache = new LRUCache(bytes, -1, false, FOR_INDEXES);
            long buffers = bytes(configs, AppConfig.ROCKSDB_WRITE_BUFFER_BYTES, DEFAULT_WRITE_BUFFERS);
            shared = new Shared(cache, new WriteBufferManager(buffers, cache));
        }
        return shared;
    }

    private static long bytes(Map<String, Object> configs, String key, long otherwise) {
        Object value = configs.get(key);
        return value == null ? otherwise : Long.parseLong(value.toString());
    }
}

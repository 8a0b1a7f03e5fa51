package io.quittance.bench.peer.drive;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.quittance.bench.contender.Durability;
import io.quittance.bench.contender.Surroundings;
import io.quittance.harness.PostgresProcess;
import io.quittance.harness.Reaper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A PostgreSQL server for one peer, tuned as its own machine's would be, and connections to it. */
public final class PeerDatabase implements AutoCloseable {
    /** Of {@code /proc/PID/stat}: the same on every Linux that Java runs on. */
    private static final long NANOS_PER_TICK = 10_000_000;

    /**
     * What was tried, and what it gained, stands in the README. Memory and write-ahead log are sized so that neither
     * checkpoints nor evictions happen within a run; queues' dead rows are swept early and often.
     */
    private static final Map<String, String> TUNED = Map.ofEntries(
            Map.entry("shared_buffers", "1GB"),
            Map.entry("wal_buffers", "64MB"),
            Map.entry("max_wal_size", "8GB"),
            Map.entry("min_wal_size", "2GB"),
            Map.entry("checkpoint_timeout", "15min"),
            Map.entry("checkpoint_completion_target", "0.9"),
            Map.entry("work_mem", "32MB"),
            Map.entry("effective_cache_size", "4GB"),
            Map.entry("random_page_cost", "1.1"),
            Map.entry("jit", "off"),
            Map.entry("autovacuum_naptime", "5s"),
            Map.entry("autovacuum_vacuum_cost_limit", "2000"),
            Map.entry("autovacuum_vacuum_scale_factor", "0.1"),
            Map.entry("bgwriter_lru_maxpages", "0"),
            Map.entry("track_activities", "off"));

    private final Reaper reaper;
    private final PostgresProcess server;
    private final ProcessHandle postmaster;

    private PeerDatabase(Reaper reaper, PostgresProcess server, ProcessHandle postmaster) {
        this.reaper = reaper;
        this.server = server;
        this.postmaster = postmaster;
    }

    /** Starts a server of its own in the contender's directory. */
    public static PeerDatabase start(Surroundings surroundings, Durability durability) {
        var reaper = Reaper.hold(surroundings.directory());
        try {
            var server = PostgresProcess.start(
                    reaper, PostgresProcess.Options.defaults().withSettings(settings(durability)));
            return new PeerDatabase(
                    reaper, server, postmaster(reaper.directory().resolve("postgres/data/postmaster.pid")));
        } catch (RuntimeException e) {
            reaper.close();
            throw e;
        }
    }

    /**
     * A pool that never shrinks, with statements prepared on the server from their first use.
     *
     * @param sessionSettings as in {@code postgresql.conf}, for these connections alone
     */
    public HikariDataSource pool(String name, int connections, Map<String, String> sessionSettings) {
        var config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(server.jdbcUrl());
        config.setUsername(server.user());
        config.setPassword(server.password());
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(connections);
        config.addDataSourceProperty("prepareThreshold", "1");
        config.addDataSourceProperty("preparedStatementCacheQueries", "512");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("tcpNoDelay", "true");
        config.addDataSourceProperty(
                "options",
                sessionSettings.entrySet().stream()
                        .map(setting -> "-c %s=%s".formatted(setting.getKey(), setting.getValue()))
                        .collect(Collectors.joining(" ")));
        return new HikariDataSource(config);
    }

    /** Processor time of the server and all its processes, those that ended included. */
    public long cpuNanos() {
        return ticks(stat(postmaster), 13, 17)
                + postmaster
                        .children()
                        .mapToLong(child -> ticks(stat(child), 13, 15))
                        .sum();
    }

    @Override
    public void close() {
        server.close();
        reaper.close();
    }

    private static Map<String, String> settings(Durability durability) {
        var settings = new HashMap<>(TUNED);
        String kept = switch (durability) {
            case AS_SHIPPED -> "on";
            case EQUAL -> "off";
        };
        settings.put("fsync", kept);
        settings.put("synchronous_commit", kept);
        return settings;
    }

    private static ProcessHandle postmaster(Path pidFile) {
        try (var lines = Files.lines(pidFile)) {
            return ProcessHandle.of(
                            Long.parseLong(lines.findFirst().orElseThrow().strip()))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path stat(ProcessHandle process) {
        return Path.of("/proc/%d/stat".formatted(process.pid()));
    }

    /**
     * Sums fields of {@code /proc/PID/stat}, numbered from 0, in nanoseconds; 0 for a process that just ended, be it
     * before its file was opened or, which Linux answers with another error, before it was read.
     */
    static long ticks(Path stat, int first, int end) {
        try {
            String line = Files.readString(stat);
            // The command stands in brackets and may hold spaces.
            String[] afterCommand = line.substring(line.lastIndexOf(')') + 2).split(" ");
            long sum = 0;
            for (int field = first; field < end; field++) {
                sum += Long.parseLong(afterCommand[field - 2]);
            }
            return sum * NANOS_PER_TICK;
        } catch (IOException ended) {
            return 0;
        }
    }
}

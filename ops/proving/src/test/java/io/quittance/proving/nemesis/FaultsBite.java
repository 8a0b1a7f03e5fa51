package io.quittance.proving.nemesis;

import io.quittance.proving.ground.Enclosure;
import io.quittance.proving.ground.GroundOptions;
import io.quittance.proving.ground.Part;
import io.quittance.proving.ground.Part.Kind;
import io.quittance.proving.ground.RealGround;
import io.quittance.proving.history.HistoryDirectory;
import io.quittance.proving.load.Driver;
import io.quittance.proving.load.Estate;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;

/**
 * Run by hand, with the names of faults or none for all: brings each about on a ground of its own making, and looks
 * whether it bites and whether it heals. Takes half a minute a fault.
 */
public final class FaultsBite {
    private final RealGround ground;
    private final Driver driver;
    private final Admin admin;

    private FaultsBite(RealGround ground, Driver driver, Admin admin) {
        this.ground = ground;
        this.driver = driver;
        this.admin = admin;
    }

    public static void main(String[] arguments) throws Exception {
        var exit = Enclosure.run(FaultsBite.class, arguments);
        if (exit.isPresent()) {
            System.exit(exit.getAsInt());
        }
        Path distribution = Path.of("streams-app/target/quittance").toAbsolutePath();
        Path directory = Path.of("ops/proving/target/faults-bite").toAbsolutePath();
        Instant begin = Instant.now();
        try (var ground = RealGround.start(
                GroundOptions.in(directory.resolve("ground"), distribution, Path.of("ops/proving/target/plugins"))
                        .withAppSettings(Estate.appSettings())
                        .withOwnClocks(true))) {
            System.out.printf("servers after %s%n", Duration.between(begin, Instant.now()));
            Estate.publish(ground, distribution);
            System.out.printf("published after %s%n", Duration.between(begin, Instant.now()));
            var history = new HistoryDirectory(directory.resolve("history"));
            try (var driver = new Driver(ground, history, new Driver.Options(7, 0.5, 1_000), Clock.systemUTC());
                    var admin = Admin.create(Map.of("bootstrap.servers", ground.bootstrapServers()))) {
                System.out.printf("filled after %s%n", Duration.between(begin, Instant.now()));
                ground.startPipeline(Estate.executors());
                System.out.printf("pipeline after %s%n", Duration.between(begin, Instant.now()));
                driver.start();
                new FaultsBite(ground, driver, admin).tryAll(arguments);
                driver.stop();
                Instant stopped = Instant.now();
                while (!driver.isAtRest()
                        && Duration.between(stopped, Instant.now()).toSeconds() < 90) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
                }
                System.out.printf(
                        "at rest: %s after %s; open %d%n",
                        driver.isAtRest(), Duration.between(stopped, Instant.now()), driver.open());
            }
        }
        System.exit(0);
    }

    private void tryAll(String[] names) {
        List<Fault> faults = names.length == 0
                ? List.of(Fault.values())
                : Arrays.stream(names).map(Fault::of).toList();
        var recovery = new Recovery(driver, Duration.ofSeconds(120));
        System.out.printf("first probe: %s%n", took(recovery));
        var injections = new Injections(ground, driver, new Random(3));
        for (Fault fault : faults) {
            Optional<String> refusal = Injections.refusal(fault, ground);
            if (refusal.isPresent()) {
                System.out.printf("%-18s skipped: %s%n", fault.id(), refusal.get());
                continue;
            }
            Injection injection = injections.next(fault);
            String bite;
            try {
                var look = look(injection);
                injection.begin().take();
                LockSupport.parkNanos(Math.max(injection.length().toNanos(), 2_000_000_000L));
                bite = look.bite();
            } catch (Exception e) {
                bite = "FAILED " + e;
            }
            injection.end().take();
            var dead = ground.parts().stream().filter(part -> !part.alive()).toList();
            dead.forEach(Part::start);
            System.out.printf(
                    "%-18s %-28s %-26s bites: %-60s recovered: %s%s; open %d%n",
                    fault.id(),
                    injection.target(),
                    injection.detail(),
                    bite,
                    took(recovery),
                    dead.isEmpty() ? "" : " DEAD BY ITSELF " + dead,
                    driver.open());
        }
    }

    private static String took(Recovery recovery) {
        Instant begin = Instant.now();
        return recovery.await()
                .map(at -> Duration.between(begin, at).toString())
                .orElse("NOT");
    }

    interface Look {
        String bite() throws Exception;
    }

    private Look look(Injection injection) throws Exception {
        List<Part> parts = ground.parts().stream()
                .filter(part -> injection.targets().contains(part.name()))
                .toList();
        return switch (injection.fault()) {
            case KILL_BROKER, KILL_APP, KILL_WORKER, KILL_POSTGRES, KILL_S3, KILL_REGISTRY -> {
                yield () -> "process gone: " + !parts.get(0).alive();
            }
            case PAUSE_APP -> () -> "in group: " + inGroup("quittance", parts.get(0));
            case PAUSE_WORKER ->
                () -> "members: "
                        + admin.describeClassicGroups(List.of("connect"))
                                .all()
                                .get()
                                .get("connect")
                                .members()
                                .size();
            case PAUSE_BROKER -> () -> "nodes: " + nodes();
            case LEADER_LOSS -> {
                var before = leaders();
                yield () -> {
                    var now = leaders();
                    long moved = now.entrySet().stream()
                            .filter(e -> !e.getValue().equals(before.get(e.getKey())))
                            .count();
                    return "leaders moved: %d of %d".formatted(moved, now.size());
                };
            }
            case PARTITION -> () -> partitionBite(injection, parts);
            case DISK_FULL ->
                () -> "free bytes: %d, instance alive: %s"
                        .formatted(
                                ground.stateOf(parts.get(0)).free(),
                                parts.get(0).alive());
            case STATE_LOST ->
                () -> "files in stores: "
                        + files(ground.directory().resolve(parts.get(0).name()).resolve("state/stores"));
            case SLOW_TARGET -> {
                Duration before = login();
                yield () -> "log-in and query: %d ms, was %d ms".formatted(login().toMillis(), before.toMillis());
            }
            case COMMIT_THEN_DROP ->
                () -> "own commit heard: %s, row there: %s; dropped %d"
                        .formatted(commits(), rowThere(), ground.wire().dropped());
            case REGISTRY_DOWN -> () -> "answers: " + answers(ground.registryUrl() + "/subjects");
            case CLOCK_STEP -> () -> "app's clock off by " + clockOff(parts.get(0));
            case ROLLING_UPGRADE -> {
                var pids = parts.stream().map(Part::pid).toList();
                yield () -> "pids %s were %s"
                        .formatted(parts.stream().map(Part::pid).toList(), pids);
            }
            case FLOOD -> {
                long before = end("privacy.requests");
                yield () -> "requests: +" + (end("privacy.requests") - before);
            }
            case POISON -> {
                long before = end("privacy.dead-letters");
                yield () -> "dead letters: +" + (end("privacy.dead-letters") - before);
            }
        };
    }

    private boolean inGroup(String group, Part part) throws Exception {
        String host = hostOf(part);
        return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
                .flatMap(description -> description.members().stream())
                .anyMatch(member -> member.host().equals("/" + host));
    }

    private String hostOf(Part part) throws IOException {
        var process = new ProcessBuilder(
                        "ip", "netns", "exec", part.name(), "sh", "-c", "hostname -I || ip -4 -o addr show eth0")
                .start();
        String said = new String(process.getInputStream().readAllBytes());
        return Arrays.stream(said.split("[ /\n]+"))
                .filter(word -> word.startsWith("10.77."))
                .findFirst()
                .orElseThrow();
    }

    private Set<Integer> nodes() throws Exception {
        return admin.describeCluster().nodes().get().stream().map(Node::id).collect(Collectors.toSet());
    }

    private Map<String, Integer> leaders() throws Exception {
        var leaders = new TreeMap<String, Integer>();
        admin.describeTopics(admin.listTopics().names().get())
                .allTopicNames()
                .get()
                .forEach((name, topic) -> topic.partitions()
                        .forEach(p ->
                                leaders.put(name + p.partition(), p.leader().id())));
        return leaders;
    }

    private String partitionBite(Injection injection, List<Part> parts) throws Exception {
        Part from = parts.stream()
                .filter(part -> part.kind() == Kind.WORKER || part.kind() == Kind.APP)
                .findFirst()
                .orElse(parts.get(0));
        Part to = parts.stream().filter(part -> part != from).findFirst().orElseThrow();
        String address = switch (to.kind()) {
            case BROKER -> hostOf(to) + "/9092";
            case POSTGRES -> ground.wire().address().replace(':', '/');
            case S3 -> hostOf(to) + "/9000";
            case REGISTRY -> hostOf(to) + "/8081";
            case APP, WORKER -> throw new IllegalStateException();
        };
        var process = new ProcessBuilder(
                        "ip", "netns", "exec", from.name(), "timeout", "2", "bash", "-c", "</dev/tcp/" + address)
                .start();
        return "%s connects to %s: %s".formatted(from.name(), to.name(), process.waitFor() == 0);
    }

    private static long files(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private String wired() {
        return ground.database()
                .jdbcUrl()
                .replaceFirst("//[^/]+/", "//" + ground.wire().address() + "/");
    }

    private Duration login() throws SQLException {
        Instant begin = Instant.now();
        try (var connection = DriverManager.getConnection(
                wired(), ground.database().user(), ground.database().password())) {
            connection.createStatement().execute("select 1");
        }
        return Duration.between(begin, Instant.now());
    }

    private boolean commits() {
        boolean heard = true;
        for (int i = 0; i < 3; i++) {
            try (var connection = DriverManager.getConnection(
                    wired(), ground.database().user(), ground.database().password())) {
                connection.setAutoCommit(false);
                connection.createStatement().execute("create table if not exists wire_trial (n int)");
                connection.createStatement().execute("insert into wire_trial values (1)");
                connection.commit();
            } catch (SQLException e) {
                heard = false;
            }
        }
        return heard;
    }

    private boolean rowThere() throws SQLException {
        try (var connection = DriverManager.getConnection(
                        ground.database().jdbcUrl(),
                        ground.database().user(),
                        ground.database().password());
                var rows = connection.createStatement().executeQuery("select count(*) from wire_trial")) {
            rows.next();
            return rows.getInt(1) == 3;
        }
    }

    private static boolean answers(String url) {
        try {
            var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(1_000);
            return connection.getResponseCode() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private String clockOff(Part app) throws IOException {
        var connection = URI.create("http://" + hostOf(app) + ":8080/health/live")
                .toURL()
                .openConnection();
        return connection.getDate() == 0
                ? "?"
                : Duration.between(Instant.now(), Instant.ofEpochMilli(connection.getDate()))
                        .toString();
    }

    private long end(String topic) throws Exception {
        var partitions = admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                .collect(Collectors.toMap(p -> new TopicPartition(topic, p.partition()), p -> OffsetSpec.latest()));
        return admin.listOffsets(partitions).all().get().values().stream()
                .mapToLong(offset -> offset.offset())
                .sum();
    }
}

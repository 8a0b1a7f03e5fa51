package io.quittance.proving.nemesis;

import io.quittance.proving.ground.Abilities;
import io.quittance.proving.ground.FaultyWire;
import io.quittance.proving.ground.Ground;
import io.quittance.proving.ground.OwnClock;
import io.quittance.proving.ground.Part;
import io.quittance.proving.ground.StateDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A ground without processes: it remembers what was done to it. */
final class PaperGround implements Ground {
    private final List<Part> parts = List.of(
            new PaperPart("broker-1", Part.Kind.BROKER),
            new PaperPart("broker-2", Part.Kind.BROKER),
            new PaperPart("broker-3", Part.Kind.BROKER),
            new PaperPart("app-1", Part.Kind.APP),
            new PaperPart("app-2", Part.Kind.APP),
            new PaperPart("worker-1", Part.Kind.WORKER),
            new PaperPart("worker-2", Part.Kind.WORKER),
            new PaperPart("postgres", Part.Kind.POSTGRES),
            new PaperPart("s3", Part.Kind.S3),
            new PaperPart("registry", Part.Kind.REGISTRY));

    private final List<String> cuts = new ArrayList<>();
    private Supplier<@Nullable FaultyWire> wire = () -> null;
    private @Nullable StateDirectory state;
    private long packets;

    /** @param asked when a fault of the wire is made */
    void wiredBy(Supplier<@Nullable FaultyWire> asked) {
        wire = asked;
    }

    /** @param each where every instance keeps its stores */
    void keptIn(StateDirectory each) {
        state = each;
    }

    /** @param many how many packets are sent to whoever is cut off */
    void sending(long many) {
        packets = many;
    }

    List<String> cuts() {
        return cuts;
    }

    @Override
    public List<Part> parts() {
        return parts;
    }

    @Override
    public Abilities abilities() {
        return new Abilities(Optional.empty(), Optional.empty(), Optional.of("no clocks on paper"));
    }

    @Override
    public Duration standstill() {
        return Duration.ofSeconds(10);
    }

    @Override
    public void cut(Part part, Part other) {
        cuts.add(part.name() + other.name());
    }

    @Override
    public long mend(Part part, Part other) {
        cuts.remove(part.name() + other.name());
        return packets;
    }

    @Override
    public String bootstrapServers() {
        return "paper:9092";
    }

    /** What faults are made of is looked up, but not touched, before they begin. */
    @Override
    public @Nullable FaultyWire wire() {
        return wire.get();
    }

    @Override
    public @Nullable StateDirectory stateOf(Part instance) {
        return state;
    }

    @Override
    public @Nullable OwnClock clockOf(Part instance) {
        return null;
    }

    @Override
    public Path directory() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String registryUrl() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Database database() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ObjectStore objectStore() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path grantKeys() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void startPipeline(List<Executor> executors) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}

    static final class PaperPart implements Part {
        private final String name;
        private final Kind kind;
        private boolean alive = true;
        private boolean paused;
        private List<Path> logs = List.of();

        PaperPart(String name, Kind kind) {
            this.name = name;
            this.kind = kind;
        }

        void printsInto(Path log) {
            logs = List.of(log);
        }

        boolean isWorking() {
            return alive && !paused;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Kind kind() {
            return kind;
        }

        @Override
        public long pid() {
            return 1;
        }

        @Override
        public boolean alive() {
            return alive;
        }

        @Override
        public void start() {
            alive = true;
        }

        @Override
        public void kill() {
            alive = false;
        }

        @Override
        public void stop() {
            alive = false;
        }

        @Override
        public void pause() {
            paused = true;
        }

        @Override
        public void resume() {
            paused = false;
        }

        @Override
        public List<Path> logs() {
            return logs;
        }
    }
}

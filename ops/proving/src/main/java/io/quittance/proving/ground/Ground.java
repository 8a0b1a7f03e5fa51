package io.quittance.proving.ground;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Everything the pipeline needs, in real processes: three brokers, a schema registry, PostgreSQL, S3; and, once topics,
 * policy, data map and limits are published, two instances of the application and two Connect workers.
 */
public interface Ground extends AutoCloseable {
    /** Holds the parts' files, a folder each; also logs. */
    Path directory();

    String bootstrapServers();

    /** For {@code schema.registry.url}. */
    String registryUrl();

    /** The executors' database, reached straight and not through the wire that faults disturb. */
    Database database();

    /** The executors' object store. */
    ObjectStore objectStore();

    /** Key set with the public part of the key that grants are signed with. */
    Path grantKeys();

    /**
     * Starts the application's instances, then the workers, and deploys the executors; returns when all of them run.
     *
     * @param executors one connector each
     */
    void startPipeline(List<Executor> executors);

    /** Every process, those of the pipeline included once they were started. */
    List<Part> parts();

    /** The part of this name. */
    default Part part(String name) {
        return parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no part is called " + name));
    }

    /** All parts of a kind. */
    default List<Part> parts(Part.Kind kind) {
        return parts().stream().filter(part -> part.kind() == kind).toList();
    }

    /** What this machine allows. */
    Abilities abilities();

    /** A pause longer than this is missed: sessions and transactions end by themselves. */
    Duration standstill();

    /** From now on nothing that one of the two sends reaches the other, and nobody tells them. */
    void cut(Part part, Part other);

    /**
     * Undoes {@link #cut}.
     *
     * @return how many packets did not reach the other
     */
    long mend(Part part, Part other);

    /** What the executors reach the database by. */
    FaultyWire wire();

    /** Where an instance of the application keeps its stores. */
    StateDirectory stateOf(Part instance);

    /** The wall clock of an instance of the application, where it has its own. */
    OwnClock clockOf(Part instance);

    /** Ends all parts. */
    @Override
    void close();

    /**
     * @param jdbcUrl without credentials
     * @param user owns the database
     */
    record Database(String jdbcUrl, String user, String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return "Database[" + jdbcUrl + "]";
        }
    }

    /**
     * @param endpoint URL; buckets are addressed by path
     * @param exportBucket where executors put documents and receipts; made by the ground
     */
    record ObjectStore(String endpoint, String region, String accessKey, String secretKey, String exportBucket) {
        /** Without the keys. */
        @Override
        public String toString() {
            return "ObjectStore[" + endpoint + "]";
        }
    }

    /**
     * An executor to deploy as the connector {@code executor-SYSTEM}.
     *
     * @param system as the data map names it
     * @param settings connector properties beyond the usual ones, or instead of them
     */
    record Executor(String system, Target target, Map<String, String> settings) {
        public Executor {
            settings = Map.copyOf(settings);
        }

        /** Where the system's data is. */
        public enum Target {
            POSTGRES,
            S3
        }
    }
}

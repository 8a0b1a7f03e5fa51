package io.quittance.proving.cli;

import io.quittance.proving.nemesis.Fault;
import io.quittance.proving.sabotage.PlantedBug;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run is to be like.
 *
 * @param directory history and ground go below it
 * @param seed decides load and faults
 * @param load how long requests are made
 * @param perSecond stories begun in a second
 * @param faults kinds that are to be done, each once; none for a run without faults
 * @param brisk whether faults come without much calm between them, so that a short run sees many
 * @param rest how long it may take until all has come to rest
 * @param planted bug that the processes run with; null for none
 */
public record Plan(
        Path directory,
        Places places,
        long seed,
        Duration load,
        double perSecond,
        List<Fault> faults,
        boolean brisk,
        Duration rest,
        @Nullable PlantedBug planted) {
    public Plan {
        faults = faults.stream().distinct().toList();
    }

    /** Longer than the longest window and the longest time to answer, so that nothing is open for a good reason. */
    static final Duration REST = Duration.ofMinutes(6);

    /**
     * Where built things are.
     *
     * @param distribution of the application
     * @param plugins folder with the unpacked Connect plugins
     */
    public record Places(Path distribution, Path plugins) {}

    Path history() {
        return directory.resolve("history");
    }

    Path ground() {
        return directory.resolve("ground");
    }
}

package io.quittance.proving.ground;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a ground is to look like.
 *
 * @param directory holds all state; made if need be
 * @param distribution of the application: the folder with {@code bin/quittance}
 * @param plugins folder with the unpacked Connect plugins
 * @param jvmArguments given to every JVM of a kind beyond the usual ones, {@code -javaagent:…} for instance
 * @param appSettings properties of the application beyond the usual ones, or instead of them
 * @param ownClocks whether each instance of the application has a clock that can be set, where the machine allows it
 */
public record GroundOptions(
        Path directory,
        Path distribution,
        Path plugins,
        Map<Part.Kind, List<String>> jvmArguments,
        Map<String, String> appSettings,
        boolean ownClocks) {
    public GroundOptions {
        jvmArguments = Map.copyOf(jvmArguments);
        appSettings = Map.copyOf(appSettings);
    }

    public static GroundOptions in(Path directory, Path distribution, Path plugins) {
        return new GroundOptions(directory, distribution, plugins, Map.of(), Map.of(), false);
    }

    public GroundOptions withJvmArguments(Map<Part.Kind, List<String>> changed) {
        return new GroundOptions(directory, distribution, plugins, changed, appSettings, ownClocks);
    }

    public GroundOptions withAppSettings(Map<String, String> changed) {
        return new GroundOptions(directory, distribution, plugins, jvmArguments, changed, ownClocks);
    }

    public GroundOptions withOwnClocks(boolean changed) {
        return new GroundOptions(directory, distribution, plugins, jvmArguments, appSettings, changed);
    }
}

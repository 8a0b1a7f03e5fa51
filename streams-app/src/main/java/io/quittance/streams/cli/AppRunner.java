package io.quittance.streams.cli;

import java.util.Map;

/** Runs the pipeline in this process. */
@FunctionalInterface
public interface AppRunner {

    /**
     * Blocks until the application has stopped.
     *
     * @param properties what the configuration file says, with the command line's and the environment's connection over
     *     it; may hold secrets
     * @return exit code of the process, see {@link ExitCode}
     */
    int run(Map<String, String> properties);
}

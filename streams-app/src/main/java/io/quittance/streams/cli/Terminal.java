package io.quittance.streams.cli;

import java.io.Console;
import java.util.Optional;

/** The person in front of the command line, if there is one. */
@FunctionalInterface
public interface Terminal {

    /** @return what the person answers; nothing if nobody is there to be asked */
    Optional<String> ask(String question);

    /** Of this process: nobody is there if its input or its output is a file or a pipe. */
    static Terminal ofProcess() {
        return question -> {
            Console console = System.console();
            return console == null ? Optional.empty() : Optional.ofNullable(console.readLine("%s ", question));
        };
    }
}

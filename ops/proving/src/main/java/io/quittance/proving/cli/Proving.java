package io.quittance.proving.cli;

import io.quittance.proving.cli.Plan.Places;
import io.quittance.proving.ground.Enclosure;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine;

/** Where {@code ops/proving.sh} begins. */
public final class Proving {
    private Proving() {}

    public static void main(String[] arguments) {
        boolean runsOthers = List.of(arguments).contains(ProvingCommand.PLANTED);
        OptionalInt enclosed = runsOthers ? OptionalInt.empty() : Enclosure.run(Proving.class, arguments);
        System.exit(enclosed.isPresent() ? enclosed.getAsInt() : run(arguments));
    }

    /** As sysexits.h has it: the run itself broke, which says nothing about any promise. */
    static final int BROKE = 70;

    private static int run(String... arguments) {
        var places = new Places(path("proving.distribution"), path("proving.plugins"));
        return new CommandLine(new ProvingCommand(places, path("proving.target"), Clock.systemUTC()))
                .setExitCodeExceptionMapper(failure -> BROKE)
                .execute(arguments);
    }

    private static Path path(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException("-D" + property + " is missing: run ops/proving.sh");
        }
        return Path.of(value).toAbsolutePath();
    }
}

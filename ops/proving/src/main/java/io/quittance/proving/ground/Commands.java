package io.quittance.proving.ground;

import io.quittance.harness.HarnessException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Small tools of the operating system, run to their end. */
final class Commands {
    private Commands() {}

    /**
     * Runs a command.
     *
     * @return what it printed
     * @throws HarnessException with the first line it printed, when it does not exit with 0
     */
    static String run(String... command) {
        Result result = tryRun(List.of(command));
        if (result.status() != 0) {
            throw new HarnessException("%s: %s"
                    .formatted(String.join(" ", command), result.firstLine().orElse("no reason given")));
        }
        return result.output();
    }

    /** Runs a command and says how it went; status 127 when there is no such command. */
    static Result tryRun(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException notThere) {
            return new Result(127, command.get(0) + " is not on this machine");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while running " + command.get(0), e);
        }
    }

    record Result(int status, String output) {
        Optional<String> firstLine() {
            return output.lines().filter(line -> !line.isBlank()).findFirst();
        }
    }
}

package io.quittance.streams.app;

import io.quittance.streams.cli.CliContext;
import io.quittance.streams.cli.ExitCode;
import io.quittance.streams.cli.QuittanceCli;
import io.quittance.streams.config.AppConfig;
import io.quittance.streams.config.InvalidConfiguration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The {@code quittance} command. */
public final class Quittance {
    private Quittance() {}

    public static void main(String[] arguments) {
        CliContext context = CliContext.ofProcess(Quittance::run);
        System.exit(QuittanceCli.run(context, arguments));
    }

    /** Runs the pipeline until the process is told to stop, or cannot go on. */
    static int run(Map<String, String> properties) {
        // Kafka Streams formats a message for every empty partition it passes over (since KAFKA-19682), which takes
        // the symbols of a locale only where it is another one.
        Locale.setDefault(Locale.Category.FORMAT, Locale.US);
        try (var app = new QuittanceApp(AppConfig.from(properties))) {
            Runtime.getRuntime().addShutdownHook(new Thread(app::close, "quittance-shutdown"));
            app.start();
            return app.awaitStopped() ? ExitCode.OK : ExitCode.FAILURE;
        } catch (InvalidConfiguration mistakes) {
            return refuse(mistakes.problems());
        } catch (StartRefused refused) {
            return refuse(refused.problems());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return ExitCode.OK;
        }
    }

    private static int refuse(List<String> problems) {
        problems.forEach(System.err::println);
        return ExitCode.REFUSED;
    }
}

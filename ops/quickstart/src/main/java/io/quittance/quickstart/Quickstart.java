package io.quittance.quickstart;

import io.quittance.harness.HarnessException;
import io.quittance.harness.Reaper;
import io.quittance.quickstart.stack.Ports;
import io.quittance.quickstart.stack.Stack;
import io.quittance.quickstart.story.CheckFailed;
import io.quittance.quickstart.story.Narrator;
import io.quittance.quickstart.story.Story;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** Everything in one JVM, for a first look. */
@Command(
        name = "ops/quickstart.sh",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Starts Kafka, a schema registry, PostgreSQL with a made-up shop, an object store, Kafka Connect"
                + " and Quittance on this machine, and tells how to connect.",
        footer = {
            "",
            "Ports at 127.0.0.1, each changed by its variable (0: any free port):",
            "  Kafka 9092 QUICKSTART_KAFKA_PORT, registry 8081 QUICKSTART_REGISTRY_PORT,",
            "  Connect 8083 QUICKSTART_CONNECT_PORT, application 8080 QUICKSTART_APP_PORT,",
            "  PostgreSQL QUICKSTART_POSTGRES_PORT, object store QUICKSTART_S3_PORT",
            "",
            "Exit codes: 0 ok, 1 a part did not start, 2 usage, 3 the story was not as told, 130 Ctrl-C"
        })
public final class Quickstart implements Callable<Integer> {
    private static final int NOT_STARTED = 1;
    private static final int NOT_AS_TOLD = 3;
    private static final int STOPPED = 130;

    @Option(names = "--once", description = "Play the story, check it against the systems, and stop.")
    private boolean once;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder for all state. Default: ${DEFAULT-VALUE}",
            defaultValue = "ops/quickstart/target/data")
    private Path data;

    @Option(
            names = "--keep",
            description = "Keep the state of the last run and this one's; without it both are deleted.")
    private boolean keep;

    @Option(
            names = "--plugins",
            hidden = true,
            defaultValue = "ops/quickstart/target/plugins",
            description = "Folder with the unpacked Connect plugins.")
    private Path plugins;

    public static void main(String[] arguments) {
        int exit = NOT_STARTED;
        try {
            exit = new CommandLine(new Quickstart()).execute(arguments);
        } finally {
            // Also after an error: the parts have threads that would keep the JVM.
            System.exit(exit);
        }
    }

    @Override
    public Integer call() throws Exception {
        var narrator = new Narrator(System.out, Ansi.AUTO);
        var cleanedUp = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(interrupting(Thread.currentThread(), cleanedUp));
        try (var directory = DataDirectory.open(data, keep)) {
            return run(directory.reaper(), narrator);
        } catch (HarnessException e) {
            System.err.println("quickstart: " + e.getMessage());
            return NOT_STARTED;
        } catch (InterruptedException stopped) {
            return STOPPED;
        } finally {
            cleanedUp.countDown();
        }
    }

    private int run(Reaper reaper, Narrator narrator) throws Exception {
        try (var stack = Stack.start(reaper, Ports.from(System.getenv()), plugins, narrator::plain)) {
            return once ? tell(stack, narrator) : stay(stack, narrator);
        }
    }

    private static int tell(Stack stack, Narrator narrator) {
        try (var stage = stack.stage(narrator)) {
            Story.play(stage);
            narrator.plain("\n@|bold,green All of it was checked against the systems themselves.|@");
            return CommandLine.ExitCode.OK;
        } catch (CheckFailed e) {
            narrator.plain("@|bold,red " + e.getMessage() + "|@");
            return NOT_AS_TOLD;
        }
    }

    private static int stay(Stack stack, Narrator narrator) throws InterruptedException {
        HowToConnect.tell(stack, narrator);
        new CountDownLatch(1).await();
        return CommandLine.ExitCode.OK;
    }

    /** Ctrl-C interrupts whatever is being done and waits for it to be put away. */
    private static Thread interrupting(Thread main, CountDownLatch cleanedUp) {
        return new Thread(
                () -> {
                    main.interrupt();
                    try {
                        cleanedUp.await(30, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "quickstart-stop");
    }
}

package io.quittance.proving.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM of its own takes an enclosure, and is then ended without being asked. */
class EnclosureIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private Process outer;
    private BufferedReader said;

    @BeforeEach
    void start() throws IOException {
        outer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Inhabitant.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        said = new BufferedReader(new InputStreamReader(outer.getInputStream(), StandardCharsets.UTF_8));
        Assumptions.assumeFalse(said.readLine().equals("outside"), "no namespaces on this machine");
    }

    @AfterEach
    void end() {
        outer.destroyForcibly();
    }

    @Test
    void endsWithAllThatRunsInItWhenWhoeverTookItIsKilled() throws IOException {
        String marker = said.readLine();
        assertThat(running(marker)).isNotEmpty();
        outer.destroyForcibly();
        await().atMost(PATIENCE).until(() -> running(marker).isEmpty());
    }

    @Test
    void hasANetworkAndMountsOfItsOwn() throws IOException {
        said.readLine();
        assertThat(said.readLine()).isEqualTo("own net: true, own mounts: true, bridge: true");
        assertThat(Files.exists(Path.of("/sys/class/net/ground"))).isFalse();
        assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(directory.toString());
    }

    @Test
    void countsThePacketsThatItKeepsBack() throws IOException {
        said.readLine();
        said.readLine();
        String kept = said.readLine();
        Assumptions.assumeTrue(kept.startsWith("kept back"), kept);
        assertThat(kept).isEqualTo("kept back: 0 and 1");
    }

    private static List<ProcessHandle> running(String marker) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> process.info()
                            .commandLine()
                            .filter(line -> line.contains("sleep " + marker))
                            .isPresent())
                    .toList();
        }
    }

    /** What runs in the enclosure. */
    public static final class Inhabitant {
        private Inhabitant() {}

        public static void main(String[] arguments) throws Exception {
            if (!Enclosure.isInside()) {
                var exit = Enclosure.run(Inhabitant.class, arguments[0], namespace("net"), namespace("mnt"));
                System.out.println("outside");
                System.exit(exit.orElse(0));
            }
            System.out.println("inside");
            String marker = Long.toString(1_000_000 + System.nanoTime() % 1_000_000);
            new ProcessBuilder("sleep", marker).start();
            System.out.println(marker);
            var network = new Namespaces();
            network.site("somebody");
            StateDirectory.in(Path.of(arguments[0]), true, 1);
            System.out.printf(
                    "own net: %s, own mounts: %s, bridge: %s%n",
                    !namespace("net").equals(arguments[1]),
                    !namespace("mnt").equals(arguments[1]),
                    Commands.tryRun(List.of("ip", "link", "show", "ground")).status() == 0);
            System.out.println(network.refusal().orElseGet(() -> keptBack(network)));
            System.in.read();
        }

        private static String keptBack(Network network) {
            String datagram =
                    "echo > /dev/udp/%s/9".formatted(network.site("other").host());
            return "kept back: %d and %d".formatted(keptBack(network, "true"), keptBack(network, datagram));
        }

        /** @param command of bash, run where the one is cut off from the other */
        private static long keptBack(Network network, String command) {
            network.cut("somebody", "other");
            Commands.tryRun(List.of("ip", "netns", "exec", "somebody", "bash", "-c", command));
            return network.mend("somebody", "other");
        }

        private static String namespace(String kind) throws IOException {
            return Files.readSymbolicLink(Path.of("/proc/self/ns", kind)).toString();
        }
    }
}

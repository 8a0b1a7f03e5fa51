package io.quittance.proving.sabotage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.ByteBuddy;

/** Packs the agent so that a JVM can be started with it. */
public final class AgentJar {
    private static final List<Class<?>> CLASSES = List.of(
            Agent.class,
            Agent.Cut.class,
            PlantedBug.class,
            PlantedBug.Where.class,
            Bugs.class,
            Bugs.AtLeastOnce.class,
            Bugs.Uncommitted.class,
            Bugs.OneMore.class,
            Bugs.SwallowedRequest.class,
            Bugs.NoRevocation.class,
            Bugs.ForgottenTimer.class,
            Bugs.TaskTwice.class,
            Bugs.Lie.class,
            Bugs.LeftRows.class,
            Bugs.NoSecondLook.class,
            Bugs.Nothing.class,
            Bugs.Printed.class);

    /** Classes without a name that could be written down here. */
    private static final List<String> FURTHER = List.of("Agent$Loudly.class", "Agent$1.class");

    private AgentJar() {}

    /** @return the argument that starts a JVM with the bug */
    public static String argument(Path directory, PlantedBug bug) {
        return "-javaagent:" + write(directory.resolve("sabotage.jar")).toAbsolutePath() + "=" + bug.id();
    }

    private static Path write(Path file) {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", Agent.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, library());
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
                for (Class<?> type : CLASSES) {
                    add(
                            jar,
                            type.getName()
                                            .substring(
                                                    Agent.class.getPackageName().length() + 1) + ".class");
                }
                for (String name : FURTHER) {
                    add(jar, name);
                }
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("the agent cannot be packed", e);
        }
    }

    private static void add(JarOutputStream jar, String name) throws IOException {
        try (InputStream in = Agent.class.getResourceAsStream(name)) {
            if (in != null) {
                jar.putNextEntry(new JarEntry(Agent.class.getPackageName().replace('.', '/') + "/" + name));
                in.transferTo(jar);
                jar.closeEntry();
            }
        }
    }

    private static String library() {
        try {
            return Objects.requireNonNull(ByteBuddy.class.getProtectionDomain().getCodeSource())
                    .getLocation()
                    .toURI()
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the library's place is no URI", e);
        }
    }
}

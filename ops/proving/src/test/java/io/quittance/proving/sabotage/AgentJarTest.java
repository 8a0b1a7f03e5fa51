package io.quittance.proving.sabotage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentJarTest {
    @Test
    void everyClassOfTheAgentIsInIt(@TempDir Path directory) throws IOException {
        String argument = AgentJar.argument(directory, PlantedBug.EOS_OFF);
        assertThat(argument).startsWith("-javaagent:").endsWith("=eos-off");
        try (var jar = new JarFile(directory.resolve("sabotage.jar").toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Premain-Class"))
                    .isEqualTo(Agent.class.getName());
            assertThat(jar.getManifest().getMainAttributes().getValue("Class-Path"))
                    .contains("byte-buddy");
            for (Class<?> bug : Bugs.class.getDeclaredClasses()) {
                assertThat(jar.getEntry(bug.getName().replace('.', '/') + ".class"))
                        .isNotNull();
            }
            for (Class<?> part : Agent.class.getDeclaredClasses()) {
                assertThat(jar.getEntry(part.getName().replace('.', '/') + ".class"))
                        .isNotNull();
            }
        }
    }

    @Test
    void aBugIsFoundByItsName() {
        assertThat(PlantedBug.of("lost-revocation")).isEqualTo(PlantedBug.LOST_REVOCATION);
        assertThat(PlantedBug.values())
                .allSatisfy(bug -> assertThat(PlantedBug.of(bug.id())).isEqualTo(bug));
    }
}

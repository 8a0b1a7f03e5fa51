package io.quittance.proving.sabotage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quittance.proving.sabotage.Agent.Cut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the agent names as strings is held against the classes that the processes are started with. */
class CutsIT {
    private static ClassFileLocator app;
    private static ClassFileLocator worker;

    @BeforeAll
    static void open() throws IOException {
        app = jars(Path.of(System.getProperty("proving.distribution"), "lib"));
        worker = jars(Path.of("target", "plugins"));
    }

    @AfterAll
    static void close() throws IOException {
        app.close();
        worker.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyBugFitsIntoTheProductAsItIs(PlantedBug bug) {
        assertThat(Agent.cuts(bug))
                .isNotEmpty()
                .allSatisfy(cut -> assertThatCode(() -> plant(cut, bug.where())).doesNotThrowAnyException());
    }

    @Test
    void aRenamedMethodIsMissed() {
        Cut cut = Agent.cuts(PlantedBug.DROPPED_TIMER).get(0);
        var renamed = new Cut(cut.type(), ElementMatchers.named("renamed"), cut.bug());
        assertThatThrownBy(() -> plant(renamed, PlantedBug.Where.APP)).hasMessageContaining("no such method");
    }

    @Test
    void aBugThatDoesNotFitItsMethodIsMissed() {
        Cut cut = Agent.cuts(PlantedBug.DROPPED_TIMER).get(0);
        var misfit = new Cut(cut.type(), cut.method(), Bugs.AtLeastOnce.class);
        assertThatThrownBy(() -> plant(misfit, PlantedBug.Where.APP)).isInstanceOf(IllegalStateException.class);
    }

    /** As the agent does it, but that nothing is loaded. */
    private static void plant(Cut cut, PlantedBug.Where where) {
        ClassFileLocator classes = switch (where) {
            case APP -> app;
            case WORKER -> worker;
        };
        TypeDescription type = TypePool.Default.of(classes).describe(cut.type()).resolve();
        assertThat(Agent.make(cut, type, new ByteBuddy().redefine(type, classes))
                        .make()
                        .getBytes())
                .isNotEmpty();
    }

    /** A worker's own class path is that of whoever starts it, this JVM here; the Java runtime is everybody's. */
    private static ClassFileLocator jars(Path directory) throws IOException {
        var all = new ArrayList<ClassFileLocator>();
        for (Path jar : jarsIn(directory)) {
            all.add(ClassFileLocator.ForJarFile.of(jar.toFile()));
        }
        all.add(ClassFileLocator.ForClassLoader.of(CutsIT.class.getClassLoader()));
        return new ClassFileLocator.Compound(all);
    }

    private static List<Path> jarsIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }
}

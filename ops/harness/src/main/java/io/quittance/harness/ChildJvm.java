package io.quittance.harness;

import io.quittance.harness.child.ParentWatch;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A server in a JVM of its own, because its libraries clash with ours or because it is to be broken without us. Small
 * and quick to start rather than fast.
 *
 * @param name of the log file, and of the part in errors
 * @param directory it runs in; its output goes to {@code <name>.log} there
 * @param classPath as for {@code java -cp}
 * @param mainClass what to run
 * @param maxHeap as for {@code -Xmx}
 * @param arguments visible to everyone on the machine: no secrets
 * @param environment the whole of it, beyond PATH: nothing is inherited
 * @param site where it runs
 * @param jvmArguments beyond the usual ones, and stronger than they are
 * @param keepsLog whether it writes on where its last run ended
 */
public record ChildJvm(
        String name,
        Path directory,
        String classPath,
        String mainClass,
        String maxHeap,
        List<String> arguments,
        Map<String, String> environment,
        Site site,
        List<String> jvmArguments,
        boolean keepsLog) {
    public ChildJvm {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        jvmArguments = List.copyOf(jvmArguments);
    }

    /** One beside this JVM, with the usual arguments and a new log. */
    public ChildJvm(
            String name,
            Path directory,
            String classPath,
            String mainClass,
            String maxHeap,
            List<String> arguments,
            Map<String, String> environment) {
        this(name, directory, classPath, mainClass, maxHeap, arguments, environment, Site.here(), List.of(), false);
    }

    public ChildJvm at(Site changed) {
        return new ChildJvm(
                name,
                directory,
                classPath,
                mainClass,
                maxHeap,
                arguments,
                environment,
                changed,
                jvmArguments,
                keepsLog);
    }

    public ChildJvm withJvmArguments(List<String> changed) {
        return new ChildJvm(
                name, directory, classPath, mainClass, maxHeap, arguments, environment, site, changed, keepsLog);
    }

    public ChildJvm withKeptLog(boolean changed) {
        return new ChildJvm(
                name, directory, classPath, mainClass, maxHeap, arguments, environment, site, jvmArguments, changed);
    }

    /** Starts it; the reaper sees to it that it does not outlive the run. */
    public Process start(Reaper reaper) {
        try {
            Process process = builder().start();
            reaper.adopt(process.toHandle());
            return process;
        } catch (IOException e) {
            throw new HarnessException("%s cannot be started in %s".formatted(name, directory), e);
        }
    }

    /** Ends the process by closing its pipe: at once, and the servers run so keep nothing that needs an orderly end. */
    public static void stop(Reaper reaper, Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyGone) {
            // Then there is nobody to tell.
        }
        reaper.end(process.toHandle());
    }

    /** All it prints. */
    public Path logFile() {
        return directory.resolve(name + ".log");
    }

    /** For loops that await an answer: to go on asking a dead process would hide why it died. */
    public void requireAlive(Process process) {
        if (!process.isAlive()) {
            throw new HarnessException("%s ended with exit code %d before it was ready: see %s"
                    .formatted(name, process.exitValue(), logFile()));
        }
    }

    private ProcessBuilder builder() throws IOException {
        File log = logFile().toFile();
        var builder = new ProcessBuilder(site.wrap(command()))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(keepsLog ? Redirect.appendTo(log) : Redirect.to(log));
        Map<String, String> inherited = builder.environment();
        inherited.keySet().retainAll(List.of("PATH"));
        inherited.putAll(environment);
        return builder;
    }

    private List<String> command() throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + maxHeap,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.net.preferIPv4Stack=true"));
        command.addAll(jvmArguments);
        command.addAll(List.of(
                "-cp", watchClasses() + File.pathSeparator + classPath, ParentWatch.class.getName(), mainClass));
        command.addAll(arguments);
        return command;
    }

    /** The one class of ours that a child needs, copied out: our own class path must not reach it. */
    private Path watchClasses() throws IOException {
        Path classes = directory.resolve("watch");
        String file = ParentWatch.class.getName().replace('.', '/') + ".class";
        Files.createDirectories(classes.resolve(file).resolveSibling("."));
        try (InputStream in =
                Objects.requireNonNull(ParentWatch.class.getClassLoader()).getResourceAsStream(file)) {
            Files.copy(Objects.requireNonNull(in), classes.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        return classes;
    }
}

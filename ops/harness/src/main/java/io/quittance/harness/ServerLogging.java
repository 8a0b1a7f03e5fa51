package io.quittance.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What servers in JVMs of their own log: warnings, for at INFO and below some log every request in full. */
final class ServerLogging {
    private ServerLogging() {}

    /**
     * Writes a {@code logback.xml}.
     *
     * @return the folder it is in, to be put on a class path
     */
    static Path in(Path directory) {
        try {
            Path logging = Files.createDirectories(directory.resolve("logging"));
            Files.writeString(logging.resolve("logback.xml"), """
                    <configuration>
                      <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                        <encoder><pattern>%d %-5level %logger - %msg%n</pattern></encoder>
                      </appender>
                      <root level="WARN"><appender-ref ref="out"/></root>
                    </configuration>
                    """);
            return logging;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JVM argument that has it used whatever else is on the class path. */
    static String argument(Path directory) {
        return "-Dlogback.configurationFile=" + in(directory).resolve("logback.xml");
    }
}

package io.quittance.streams.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Kafka's clients log would stand between a command's results, and a command says itself what went wrong. So
 * nothing is logged unless QUITTANCE_LOG names a level, and then to standard error.
 */
final class ClientLogs {

    static final String LEVEL = "QUITTANCE_LOG";

    private ClientLogs() {}

    static void keepOutOfTheWay(@Nullable String level) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext logback)) {
            return;
        }
        logback.reset();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(logback);
        encoder.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{30} %msg %kvp%n");
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(logback);
        appender.setEncoder(encoder);
        appender.setTarget("System.err");
        appender.start();
        var root = logback.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        root.setLevel(Level.toLevel(level, Level.OFF));
    }
}

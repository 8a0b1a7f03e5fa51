package io.quittance.streams.cli.command;

import io.quittance.streams.yaml.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A length of time as an option. */
final class DurationConverter implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String value) {
        return Durations.parse(value)
                .filter(Durations::isPositive)
                .orElseThrow(() -> new TypeConversionException(
                        "'" + value + "' is not a time such as 30s, 30m, 12h, 7d or PT30M"));
    }
}

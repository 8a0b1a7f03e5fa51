package io.quittance.executor.export;

import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** What configured key prefixes look like, so that keys below them never need escaping and never leave them. */
public final class KeyPrefix {
    private static final Pattern PARTS = Pattern.compile("([A-Za-z0-9_=-][A-Za-z0-9._=-]*/)*");

    private KeyPrefix() {}

    /** Lets a Connect worker refuse any other prefix when the connector is created. */
    public static ConfigDef.Validator validator() {
        return ConfigDef.LambdaValidator.with(
                KeyPrefix::ensureLegal, () -> "path parts of letters, digits and . _ = - that each end in '/'");
    }

    private static void ensureLegal(String key, Object value) {
        if (!PARTS.matcher(String.valueOf(value)).matches()) {
            throw new ConfigException(
                    key,
                    value,
                    "use path parts of letters, digits and . _ = - that each end in '/', or leave it empty");
        }
    }
}

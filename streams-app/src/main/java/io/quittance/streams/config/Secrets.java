package io.quittance.streams.config;

import java.util.Map;
import java.util.regex.Matcher;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/**
 * Takes values from where secrets are kept: {@code ${file:/path/of.properties:key}}, {@code ${dir:/directory:file}},
 * {@code ${env:NAME}}.
 */
final class Secrets {

    private final Map<String, ConfigProvider> providers;
    private final ConfigTransformer transformer;

    Secrets() {
        providers = Map.of(
                "file", new FileConfigProvider(),
                "dir", new DirectoryConfigProvider(),
                "env", new EnvVarConfigProvider());
        providers.values().forEach(provider -> provider.configure(Map.of()));
        transformer = new ConfigTransformer(providers);
    }

    static boolean isReference(String value) {
        return ConfigTransformer.DEFAULT_PATTERN.matcher(value).find();
    }

    /**
     * The value with every reference replaced.
     *
     * @throws Unresolved if a reference leads nowhere
     */
    String resolve(String value) throws Unresolved {
        Matcher references = ConfigTransformer.DEFAULT_PATTERN.matcher(value);
        while (references.find()) {
            requireResolvable(references.group(), references.group(1));
        }
        return transform(value);
    }

    private void requireResolvable(String reference, String provider) throws Unresolved {
        if (!providers.containsKey(provider)) {
            throw new Unresolved(
                    reference + " names no known place; use ${file:PATH:KEY}, ${dir:DIRECTORY:FILE} or ${env:NAME}.");
        }
        if (reference.equals(transform(reference))) {
            throw new Unresolved(reference + " leads to nothing; put the value there, or mend the reference.");
        }
    }

    private String transform(String value) throws Unresolved {
        try {
            return transformer.transform(Map.of("", value)).data().getOrDefault("", value);
        } catch (ConfigException e) {
            throw new Unresolved("a reference cannot be read; check its path and that this user may read it.");
        }
    }

    /** A reference leads nowhere; the message shows the reference, never a value. */
    static final class Unresolved extends Exception {
        private static final long serialVersionUID = 1L;

        private final String what;

        Unresolved(String what) {
            super(what);
            this.what = what;
        }

        String what() {
            return what;
        }
    }
}

package io.quittance.streams.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;

/**
 * Takes values from where secrets are kept: {@code ${file:/path/of.properties:key}}, {@code ${dir:/directory:file}},
 * {@code ${env:NAME}}.
 */
final class Secrets {

    /** Takes a reference's place while it is looked at what stands around it; a word to Kafka's parser. */
    private static final String MARK = "quittance-reference";

    private static final String USER_INFO = "user.info";
    private static final Pattern SECRET = Pattern.compile("(?i)password|secret");

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

    /**
     * Whether the secret that a key has is kept elsewhere. The value is nothing but references, save where Kafka wants
     * more around the secret: the name before the colon of a {@code user.info}, and a login, of which every option
     * named for a password or a secret has to be one. A login may have none (Kerberos, OAUTHBEARER).
     */
    static boolean isKeptElsewhere(String key, String value) {
        String marked = ConfigTransformer.DEFAULT_PATTERN.matcher(value).replaceAll(MARK);
        if (isMark(marked)) {
            return true;
        }
        if (key.endsWith(USER_INFO)) {
            return isMark(marked.substring(marked.indexOf(':') + 1));
        }
        return key.endsWith(SaslConfigs.SASL_JAAS_CONFIG) && isLoginOfReferences(marked);
    }

    private static boolean isMark(String marked) {
        return marked.contains(MARK) && marked.replace(MARK, "").isBlank();
    }

    /** Read as Kafka reads it. What it cannot read may hold anything. */
    private static boolean isLoginOfReferences(String marked) {
        try {
            return JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(marked)))
                    .configurationEntries()
                    .stream()
                    .flatMap(entry -> entry.getOptions().entrySet().stream())
                    .filter(option -> SECRET.matcher(option.getKey()).find())
                    .allMatch(option -> isMark(String.valueOf(option.getValue())));
        } catch (RuntimeException unreadable) {
            return false;
        }
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

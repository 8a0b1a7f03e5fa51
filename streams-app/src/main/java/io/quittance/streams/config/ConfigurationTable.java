package io.quittance.streams.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** The table of all keys for people, in Markdown, from their declaration. */
public final class ConfigurationTable {

    private static final String HEAD = """
            # Configuration

            Keys of the properties file that `quittance run --config FILE` takes. A key that is not listed here, and is
            none of the client settings below, is refused. Durations are ISO-8601: `PT30S`, `PT12H`, `P90D`.

            This file is generated from the code (`AppOptions`); a test holds the two equal and says how to renew it.
            """;

    private static final String TAIL = """

            ## Client settings

            What is not listed above goes on to the clients as it is:

            | keys | go to |
            | --- | --- |
            | `security.*`, `sasl.*`, `ssl.*`, `client.id` and whatever else all Kafka clients know | every Kafka client |
            | `consumer.*`, `main.consumer.*`, `restore.consumer.*`, `global.consumer.*`, `producer.*`, `admin.*` | that client of Kafka Streams |
            | `streams.*` | Kafka Streams, without the prefix |
            | `topic.*` (`min.insync.replicas`, `max.compaction.lag.ms`, …) | internal topics when they are made; `max.compaction.lag.ms` is a day unless it is set, since their rows hold identifiers |
            | `schema.registry.*`, `basic.auth.*`, `bearer.auth.*`, `auto.register.schemas`, … | Confluent's serdes; `basic.auth.credentials.source` is `USER_INFO` where `basic.auth.user.info` is given and no source |

            Settings that correctness rests on (`processing.guarantee`, `isolation.level`, `acks`, `group.protocol`, …)
            are refused, for they are fixed.

            ## Secrets

            A secret (`sasl.jaas.config`, `ssl.keystore.password`, `basic.auth.user.info`, …) may not stand in the file.
            Refer to where it is kept:

            | reference | is |
            | --- | --- |
            | `${file:/run/secrets/kafka.properties:password}` | a key of another properties file |
            | `${dir:/run/secrets:kafka-password}` | the content of a file |
            | `${env:KAFKA_PASSWORD}` | an environment variable |

            A reference may be part of a value, and any key takes one. Of a secret nothing else may be there, but the
            user's name before the colon of `basic.auth.user.info`, and what is no password in `sasl.jaas.config`: every
            option in it whose name has `password` or `secret` in it is a reference.
            """;

    private ConfigurationTable() {}

    public static String markdown() {
        Map<String, List<ConfigKey>> groups = AppOptions.definition().configKeys().values().stream()
                .collect(Collectors.groupingBy(key -> key.group, LinkedHashMap::new, Collectors.toList()));
        StringBuilder page = new StringBuilder(HEAD);
        groups.forEach((group, keys) -> {
            page.append("\n## ")
                    .append(group)
                    .append("\n\n| key | default | is | accepts |\n| --- | --- | --- | --- |\n");
            keys.stream()
                    .sorted(Comparator.comparingInt(key -> key.orderInGroup))
                    .forEach(key -> page.append(row(key)));
        });
        return page.append(TAIL).toString();
    }

    private static String row(ConfigKey key) {
        return "| `" + key.name + "` | " + defaultOf(key) + " | " + key.documentation + " | " + accepts(key) + " |\n";
    }

    private static String defaultOf(ConfigKey key) {
        if (!key.hasDefault()) {
            return "**required**";
        }
        return key.defaultValue == null ? "" : "`" + text(key.defaultValue) + "`";
    }

    private static String accepts(ConfigKey key) {
        String type = key.type.name().toLowerCase(Locale.ROOT);
        if (key.validator == null || key.type == ConfigDef.Type.LIST) {
            return type;
        }
        return key.type == ConfigDef.Type.STRING ? key.validator.toString() : type + " " + key.validator;
    }

    /** As it would stand in the file. */
    static String text(Object value) {
        return value instanceof Collection<?> list
                ? list.stream().map(Object::toString).collect(Collectors.joining(","))
                : value.toString();
    }
}

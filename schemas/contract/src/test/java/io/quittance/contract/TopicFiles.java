package io.quittance.contract;

import io.quittance.contract.TopicKey.PartitionRule;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Renders {@code ops/topics} from the catalogue. */
final class TopicFiles {

    private TopicFiles() {}

    static String readme(String regenerate) {
        String table = TopicCatalogue.all().stream().map(TopicFiles::row).collect(Collectors.joining());
        String configs =
                TopicCatalogue.all().stream().map(TopicFiles::configRow).collect(Collectors.joining());
        return """
                <!-- Generated from TopicCatalogue; do not edit. To regenerate: %s -->
                # Topics

                Everything Quittance has to say to others is on these topics; the prefix `privacy.` is configuration. Values are Avro in the schema registry's wire format; the schemas are in the contract jar under `avro/`. Keys are UTF-8 strings.

                | topic | key | value | partitions | cleanup | written by | read by | holds |
                | --- | --- | --- | --- | --- | --- | --- | --- |
                %s
                *shared*: all topics keyed by `subject_id` have the same number of partitions, so that one subject's events meet in one partition. Choose it once, with room (12 by default): it cannot be changed afterwards, not even when no request is open. Legal holds and what is remembered of closed requests are stored by partition, and Kafka Streams refuses a changelog with another number. Another number means another pipeline, with a `topic.prefix` and an `application.id` of its own, and holds placed again there. *any*: created with that number too, but nothing depends on it.

                Create them with either of

                ```
                quittance topics apply --partitions 12 --replication-factor 3 --system shop --system crm
                SYSTEMS="shop crm" PARTITIONS=12 REPLICATION_FACTOR=3 BOOTSTRAP_SERVER=broker:9092 ops/topics/create-topics.sh
                ```

                Both leave a topic that exists as it is. The first one also tells you where an existing topic differs ([how to alter it](../OPERATIONS.md#upgrade-and-rollback)), and registers the schema of each topic's values in the registry as `<topic>-value`: a publisher in any language can take it from there before anything has been written, and a producer may run with `auto.register.schemas=false` (in Java with `avro.remove.java.properties=true`, because the schemas are not marked for Java).

                On a secured cluster, `quittance acls apply` gives each party what it needs of them and nothing else: see [ACLS.md](ACLS.md).

                ## Configuration they are created with

                | topic | configuration |
                | --- | --- |
                %s
                With a replication factor of 3 or more, `min.insync.replicas=2` is added.

                ## Internal topics

                The application makes two more topics when it first runs, the changelogs of its stores. Nobody else reads or writes them, and no schema describes them.

                | topic | partitions | holds |
                | --- | --- | --- |
                | `<application.id>-dockets-changelog` | as many as `privacy.requests` | One row for each subject: open requests with their identifiers, and what is remembered of closed ones. Holds identifiers of people, as does `state.dir` of each instance: guard both like the requests. |
                | `<application.id>-limit-ledger-changelog` | 1 | One row for each attempt under a limit, with subject and request. |

                They are compacted, with `max.compaction.lag.ms=86400000`: a row that was replaced leaves the log within a day or so of being written, as long as its partition is written to. A topic that an earlier version made does not have the setting; add it with `kafka-configs.sh --alter --add-config max.compaction.lag.ms=86400000`. Their replication factor is the brokers' `default.replication.factor`, or `streams.replication.factor` of the application; `topic.min.insync.replicas` and other `topic.*` keys apply when they are made.
                """.formatted(regenerate, table, configs);
    }

    static String script(String regenerate) {
        String calls = TopicCatalogue.all().stream().map(TopicFiles::call).collect(Collectors.joining());
        return """
                #!/bin/sh
                # Creates the topics of one Quittance pipeline with Kafka's own tool. A topic that exists is left as it is.
                # Generated from TopicCatalogue; do not edit. To regenerate: %s
                #
                #   SYSTEMS="shop crm" BOOTSTRAP_SERVER=broker:9092 ops/topics/create-topics.sh
                #
                # KAFKA_TOPICS        Kafka's tool (kafka-topics.sh)     COMMAND_CONFIG      client properties, for secured clusters
                # BOOTSTRAP_SERVER    (localhost:9092)                   PARTITIONS          of topics keyed by subject (12)
                # PREFIX              (privacy.)                         REPLICATION_FACTOR  (3)
                # SYSTEMS             names in the data map, separated by blanks: a topic of tasks for each
                set -eu

                kafka_topics=${KAFKA_TOPICS:-kafka-topics.sh}
                bootstrap=${BOOTSTRAP_SERVER:-localhost:9092}
                prefix=${PREFIX-privacy.}
                partitions=${PARTITIONS:-12}
                replication=${REPLICATION_FACTOR:-3}

                create() {
                  name=$1
                  count=$2
                  shift 2
                  if [ "$replication" -ge 3 ]; then
                    set -- "$@" --config min.insync.replicas=2
                  fi
                  "$kafka_topics" --bootstrap-server "$bootstrap" ${COMMAND_CONFIG:+--command-config "$COMMAND_CONFIG"} \\
                    --create --if-not-exists --topic "$prefix$name" --partitions "$count" --replication-factor "$replication" "$@"
                }

                %s""".formatted(regenerate, calls);
    }

    private static String row(TopicSpec spec) {
        return "| %s | %s | `%s` | %s | %s | %s | %s | %s |%n"
                .formatted(
                        title(spec),
                        spec.key().meaning(),
                        spec.value().getSimpleName(),
                        switch (spec.key().partitions()) {
                            case SHARED -> "shared";
                            case ONE -> "1";
                            case FREE -> "any";
                        },
                        spec.compacted() ? "compact" : "delete",
                        titles(spec.writtenBy()),
                        titles(spec.readBy()),
                        spec.holds());
    }

    private static String titles(List<Party> parties) {
        return parties.stream().map(Party::title).collect(Collectors.joining(", "));
    }

    private static String configRow(TopicSpec spec) {
        return "| %s | %s |%n"
                .formatted(
                        title(spec),
                        new TreeMap<>(spec.configs())
                                .entrySet().stream()
                                        .map(config -> "`" + config + "`")
                                        .collect(Collectors.joining(" ")));
    }

    private static String title(TopicSpec spec) {
        return "`privacy." + spec.name() + (spec.family() ? "<system>" : "") + "`";
    }

    private static String call(TopicSpec spec) {
        String count = spec.key().partitions() == PartitionRule.ONE ? "1" : "\"$partitions\"";
        String configs = new TreeMap<>(spec.configs())
                .entrySet().stream().map(config -> " --config " + config).collect(Collectors.joining());
        return spec.family()
                ? "for system in ${SYSTEMS:-}; do%n  create \"%s$system\" %s%s%ndone%n"
                        .formatted(spec.name(), count, configs)
                : "create %s %s%s%n".formatted(spec.name(), count, configs);
    }
}

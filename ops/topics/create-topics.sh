#!/bin/sh
# Creates the topics of one Quittance pipeline with Kafka's own tool. A topic that exists is left as it is.
# Generated from TopicCatalogue; do not edit. To regenerate: mvn -B -pl schemas/contract test -Dtest=TopicFilesTest -Dregenerate=true
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
  "$kafka_topics" --bootstrap-server "$bootstrap" ${COMMAND_CONFIG:+--command-config "$COMMAND_CONFIG"} \
    --create --if-not-exists --topic "$prefix$name" --partitions "$count" --replication-factor "$replication" "$@"
}

create requests "$partitions" --config cleanup.policy=delete --config message.timestamp.type=LogAppendTime --config retention.ms=604800000 --config segment.ms=86400000
create decisions "$partitions" --config cleanup.policy=delete --config message.timestamp.type=LogAppendTime --config retention.ms=2592000000 --config segment.ms=86400000
create verifications "$partitions" --config cleanup.policy=delete --config message.timestamp.type=LogAppendTime --config retention.ms=2592000000 --config segment.ms=86400000
create directives "$partitions" --config cleanup.policy=delete --config message.timestamp.type=LogAppendTime --config retention.ms=2592000000 --config segment.ms=86400000
create policies 1 --config cleanup.policy=compact --config message.timestamp.type=LogAppendTime --config min.cleanable.dirty.ratio=0.1 --config segment.ms=86400000
create systems 1 --config cleanup.policy=compact --config message.timestamp.type=LogAppendTime --config min.cleanable.dirty.ratio=0.1 --config segment.ms=86400000
create limits 1 --config cleanup.policy=compact --config message.timestamp.type=LogAppendTime --config min.cleanable.dirty.ratio=0.1 --config segment.ms=86400000
create freezes 1 --config cleanup.policy=compact --config message.timestamp.type=LogAppendTime --config min.cleanable.dirty.ratio=0.1 --config segment.ms=86400000
create approvals "$partitions" --config cleanup.policy=compact --config delete.retention.ms=604800000 --config max.compaction.lag.ms=86400000 --config min.cleanable.dirty.ratio=0.1 --config segment.ms=86400000
create limit-claims 1 --config cleanup.policy=delete --config message.timestamp.type=LogAppendTime --config retention.ms=604800000 --config segment.ms=86400000
create limit-permits "$partitions" --config cleanup.policy=delete --config message.timestamp.type=LogAppendTime --config retention.ms=604800000 --config segment.ms=86400000
for system in ${SYSTEMS:-}; do
  create "tasks.$system" "$partitions" --config cleanup.policy=delete --config message.timestamp.type=LogAppendTime --config retention.ms=604800000 --config segment.ms=86400000
done
create completions "$partitions" --config cleanup.policy=delete --config message.timestamp.type=LogAppendTime --config retention.ms=604800000 --config segment.ms=86400000
create revocations "$partitions" --config cleanup.policy=delete --config message.timestamp.type=LogAppendTime --config retention.ms=5184000000 --config segment.ms=86400000
create audit "$partitions" --config cleanup.policy=compact --config min.cleanable.dirty.ratio=0.1 --config min.compaction.lag.ms=604800000 --config segment.ms=86400000
create notifications "$partitions" --config cleanup.policy=delete --config message.timestamp.type=LogAppendTime --config retention.ms=604800000 --config segment.ms=86400000
create dead-letters "$partitions" --config cleanup.policy=delete --config message.timestamp.type=LogAppendTime --config retention.ms=7776000000 --config segment.ms=86400000

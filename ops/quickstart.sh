#!/usr/bin/env bash
# Builds what is needed and starts everything on this machine. See --help.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

module=ops/quickstart
classpath=$module/target/classpath.dependencies

# Build once per state of the sources; a second start is at once.
if [[ ! -f $classpath || -n $(find pom.xml schemas streams-app connectors ops \
    -path '*/target' -prune -o -newer "$classpath" -type f -print -quit) ]]; then
  echo "building (the first time this fetches dependencies) …" >&2
  mvn -B -q -ntp -Dstyle.color=never -pl "$module" -am -DskipTests -Dspotless.check.skip package >&2
  touch "$classpath"
fi

exec java -Xmx1g -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.net.preferIPv4Stack=true \
  -cp "$module/target/classes:$(cat "$classpath")" io.quittance.quickstart.Quickstart "$@"

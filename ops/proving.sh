#!/usr/bin/env bash
# Breaks everything while requests come in, and judges what came of it. See --help.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

module=ops/proving
classpath=$module/target/classpath.dependencies

# Build once per state of the sources; a second start is at once.
if [[ ! -f $classpath || -n $(find pom.xml schemas streams-app connectors ops \
    -path '*/target' -prune -o -newer "$classpath" -type f -print -quit) ]]; then
  echo "building (the first time this fetches dependencies) …" >&2
  mvn -B -q -ntp -Dstyle.color=never -pl "$module" -am -DskipTests -Dspotless.check.skip package >&2
  touch "$classpath"
fi

# Four gigabytes, because the judge keeps what an hour of requests has left behind in memory.
exec java -Xmx4g -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.net.preferIPv4Stack=true \
  -Dproving.distribution=streams-app/target/quittance \
  -Dproving.plugins="$module/target/plugins" \
  -Dproving.target="$module/target" \
  -cp "$module/target/classes:$(cat "$classpath")" io.quittance.proving.cli.Proving "$@"

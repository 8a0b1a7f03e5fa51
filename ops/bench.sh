#!/usr/bin/env bash
# Measures how fast the pipeline is. See --help.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

module=ops/bench
classpath=$module/target/classpath.dependencies

# Build once per state of the sources; a second start is at once.
if [[ ! -f $classpath || -n $(find pom.xml schemas streams-app ops/bench ops/harness ops/bundles \
    -path '*/target' -prune -o -newer "$classpath" -type f -print -quit) ]]; then
  echo "building (the first time this fetches dependencies) …" >&2
  mvn -B -q -ntp -Dstyle.color=never -pl "$module" -am -DskipTests -Dspotless.check.skip package >&2
  touch "$classpath"
fi

exec java -Xmx2g -Djava.net.preferIPv4Stack=true \
  -cp "$module/target/classes:$(cat "$classpath")" io.quittance.bench.cli.Bench "$@"

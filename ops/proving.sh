#!/usr/bin/env bash
# Breaks everything while requests come in, and judges what came of it. See --help.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

module=ops/proving
source ops/build-once.sh
needed=(streams-app/target/quittance/bin/quittance "$module/target/plugins")
build_once "$module" pom.xml schemas streams-app connectors ops

# Four gigabytes, because the judge keeps what an hour of requests has left behind in memory.
exec java -Xmx4g -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.net.preferIPv4Stack=true \
  -Dproving.distribution=streams-app/target/quittance \
  -Dproving.plugins="$module/target/plugins" \
  -Dproving.target="$module/target" \
  -cp "$classpath" io.quittance.proving.cli.Proving "$@"

#!/usr/bin/env bash
# Builds what is needed and starts everything on this machine. See --help.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

source ops/build-once.sh
build_once ops/quickstart pom.xml schemas streams-app connectors ops

exec java -Xmx1g -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.net.preferIPv4Stack=true \
  -cp "$classpath" io.quittance.quickstart.Quickstart "$@"

#!/usr/bin/env bash
# Measures how fast the pipeline is. See --help.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

source ops/build-once.sh
build_once ops/bench pom.xml schemas streams-app ops/pom.xml ops/bench ops/harness ops/bundles

exec java -Xmx2g -Djava.net.preferIPv4Stack=true \
  -cp "$classpath" io.quittance.bench.cli.Bench "$@"

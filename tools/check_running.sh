#!/usr/bin/env bash
# usage: check_running.sh JAVA    Starts target/closeknit.jar on an empty data folder, waits until it answers, kills it with
# -9, starts it again on the same data, and lets recompute_fit.py calculate scores a second time from what the API publishes.
set -euo pipefail
cd "$(dirname "$0")/.."
java=${1:-java}
data=$(mktemp -d)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
pid=
stop() { [ -z "$pid" ] || kill "$pid" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$data"; }
trap stop EXIT

start() {
  "$java" --enable-native-access=ALL-UNNAMED -jar target/closeknit.jar --server.port="$port" --closeknit.data-dir="$data" \
    > "$data.log" 2>&1 &
  pid=$!
  for _ in $(seq 1 120); do
    kill -0 "$pid" 2>/dev/null || { tail -40 "$data.log"; echo "The application ended."; exit 1; }
    if curl -fs -o /dev/null "http://127.0.0.1:$port/actuator/health/readiness"; then return; fi
    sleep 1
  done
  tail -40 "$data.log"; echo "The application did not become ready."; exit 1
}

start
kill -9 "$pid"
wait "$pid" 2>/dev/null || true
start
python3 tools/recompute_fit.py --url "http://127.0.0.1:$port" --user admin@demo.closeknit.example --password closeknit-demo \
  | tail -40

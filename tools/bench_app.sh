#!/usr/bin/env bash
# usage: bench_app.sh [CREATORS [FOLDER]]    The whole application with a million invented creators (or CREATORS: 100k, 2m),
# below target/benchmark-app-CREATORS (or FOLDER), which is kept: run it again and it only starts and loads. Says how long
#  1. a rebuild of the index from PostgreSQL takes, beside a plain COPY TO of the same rows; with a kill -9 in its middle,
#  2. a start with the creators already indexed takes until rankings are answered,
#  3. people wait for ranked pages, 1, 8 and 64 of them at once (tools/load.py).
# Needs target/closeknit.jar (mvn -DskipTests package), Python 3, curl; KEEP=1 leaves the application running.
set -euo pipefail
cd "$(dirname "$0")/.."
creators=${1:-1m}
data=$(realpath -m "${2:-target/benchmark-app-$creators}")
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
heap=${HEAP:-4g}
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
url=http://127.0.0.1:$port
admin=admin@demo.closeknit.example:closeknit-demo
log=$data/application.log
unset JAVA_TOOL_OPTIONS
mkdir -p "$data"
pid=
stop() { if [ -n "$pid" ]; then kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; fi; pid=; }
trap stop EXIT
now() { date +%s.%N; }
since() { python3 -c "import sys; print(f'{float(sys.argv[2]) - float(sys.argv[1]):.1f}')" "$1" "$(now)"; }
launch() {
  "$java" -Xmx"$heap" --enable-native-access=ALL-UNNAMED -jar target/closeknit.jar --server.port="$port" \
    --closeknit.data-dir="$data" --closeknit.demo=true --closeknit.database.settings.shared_buffers=1GB > "$log" 2>&1 &
  pid=$!
}
answers() { [ "$(curl -s -o /dev/null -w '%{http_code}' "$url$1")" = "$2" ]; }
wait_for() { # path, status, seconds
  for _ in $(seq 1 $(($3 * 10))); do
    kill -0 "$pid" 2>/dev/null || { tail -40 "$log"; echo "The application ended."; exit 1; }
    if answers "$1" "$2"; then return; fi
    sleep 0.1
  done
  tail -40 "$log"; echo "$1 did not answer $2 within $3 s."; exit 1
}
index() { curl -fs -u "$admin" "$url/api/v1/admin/index"; }
field() { python3 -c "import json, sys
value = json.load(sys.stdin)
for part in sys.argv[1].split('.'):
    value = None if value is None else value.get(part)
print(value)" "$1"; }

if [ ! -e "$data/filled" ]; then
  echo "== Making $creators creators in $data"
  launch; wait_for /actuator/health/readiness 200 300; stop
  mvn ${MVN_OPTIONS:-} -q -B -Pbench -Dtest=BenchmarkFill -Dbench.fill="$creators" -Dbench.data-dir="$data" > "$data/fill.log" 2>&1 \
    || { grep -E 'ERROR|Expecting' "$data/fill.log" | head -20; exit 1; }
  grep written "$data/fill.log"
  touch "$data/filled"
else
  rm -rf "$data/index" # a rebuild is part of what is measured
fi
grep COPY "$data/fill.log"

echo "== Rebuild from PostgreSQL, nothing there to answer meanwhile"
launch
wait_for /sign-in 200 300
echo "Before the index is there: Discover and the API answer 503 with Retry-After:"
curl -s -u "$admin" -D - -o /dev/null -X POST -H 'Content-Type: application/json' -d '{}' "$url/api/v1/rankings" | tr -d '\r' | grep -iE '^(HTTP|Retry-After)' | paste -sd' '
wait_for /actuator/health/readiness 200 1800
built=$(index | field lastRebuild.tookSeconds); count=$(index | field creators)
echo "$count creators read into the index in $built s"
copied=$(grep COPY "$data/fill.log" | sed -E 's/.* in ([0-9.]+) s/\1/')
python3 -c "print(f'That is {$count / $built:,.0f} creators a second and {$built / $copied:.1f} times the COPY TO; a million would take {$built / $count * 1e6:.0f} s.')"

echo "== Rebuild while the old index answers, killed in its middle"
curl -fs -o /dev/null -u "$admin" -X POST "$url/api/v1/admin/index/rebuild"
for _ in $(seq 1 600); do done_so_far=$(index | field rebuild.done); [ "$done_so_far" != None ] && [ "$done_so_far" -gt $((count / 3)) ] && break; sleep 0.2; done
echo "Killed with $done_so_far of $count creators in the new index; remaining then: $(index | field rebuild.remainingSeconds) s"
kill -9 "$pid"; wait "$pid" 2>/dev/null || true
begun=$(now); launch; wait_for /actuator/health/readiness 200 1800
echo "Started again: rankings answered after $(since "$begun") s, from the index of before ($(index | field creators) creators)"
for _ in $(seq 1 3600); do [ "$(index | field lastRebuild)" != None ] && break; sleep 0.5; done
echo "The rebuild began again by itself and took $(index | field lastRebuild.tookSeconds) s; creators now: $(index | field creators) (expected $count)"
[ "$(index | field creators)" = "$count" ]
stop

echo "== Start with the creators already indexed"
begun=$(now); launch
wait_for /sign-in 200 300; echo "pages answer after $(since "$begun") s"
wait_for /actuator/health/readiness 200 300; echo "rankings are answered after $(since "$begun") s"
for _ in $(seq 1 1200); do grep -q 'Columns of' "$log" && break; sleep 0.1; done; echo "the columns are there after $(since "$begun") s"
grep -hE 'Index opened|Statistics version|Columns of' "$log" | sed -E 's/.*: //' | head -3

echo "== People at once"
python3 tools/load.py --url "$url" --seconds "${SECONDS_EACH:-15}"
if [ -n "${KEEP:-}" ]; then echo "Left running at $url, pid $pid"; pid=; fi

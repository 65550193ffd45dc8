#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# Builds the examples with the driver of a build and runs each as its YAML says.
# Usage: examples/run-demo.sh [OUT]   (default: out), from the root of the tree
set -euo pipefail

out=${1:-out}
cd "$(dirname "$0")/.."
cc=$out/bin/x86_64-unknown-cloudabi-cc
run=$out/bin/cloudabi-run
demo=out/demo
mkdir -p "$demo"

fail() {
    printf 'demo: %s\n' "$*" >&2
    exit 1
}

title() {
    printf '\n-- %s\n' "$*"
}

build() {
    for name in "$@"; do
        "$cc" -O2 -Wall -o "$demo/$name" "examples/$name.c"
    done
}

# Ten ambient calls: the compiler must refuse every one, each with its own sentence.
demo_ambient() {
    title "ambient: ten calls that reach for what nobody granted; none compiles"
    if "$cc" -c -o "$demo/ambient.o" examples/ambient.c 2>"$demo/ambient.log"; then
        fail "examples/ambient.c compiled"
    fi
    grep -o "'[a-z]*' is unavailable: .*" "$demo/ambient.log" | sort -u | tee "$demo/ambient.txt"
    [ "$(wc -l <"$demo/ambient.txt")" -eq 10 ] || {
        cat "$demo/ambient.log" >&2
        fail "expected ten different sentences"
    }
}

demo_copy() {
    title "copy: a granted file into a granted directory"
    "$run" "$demo/copy" <examples/copy.yaml
    cmp examples/copy.c "$demo/copied.c" || fail "the copy differs"
}

free_port() {
    python3 -c '
import socket
with socket.create_server(("127.0.0.1", 0)) as server:
    print(server.getsockname()[1])'
}

demo_webserver() {
    title "webserver: a directory on a listening socket"
    local port config=$demo/webserver.yaml
    port=$(free_port)
    sed "s/:8080/:$port/" examples/webserver.yaml >"$config"
    "$run" "$demo/webserver" <"$config" &
    server=$!
    trap 'kill "$server" 2>/dev/null || true' EXIT
    local url=http://127.0.0.1:$port
    curl --silent --show-error --retry 20 --retry-connrefused --retry-delay 0 --retry-max-time 10 \
        -o "$demo/fetched.c" "$url/webserver.c" || fail "curl could not fetch webserver.c"
    cmp examples/webserver.c "$demo/fetched.c" || fail "the fetched file differs"
    printf 'GET /webserver.c: %s bytes, equal to the file\n' "$(wc -c <"$demo/fetched.c")"
    local status
    status=$(curl --silent --path-as-is -o "$demo/escape.txt" -w '%{http_code}' \
        "$url/../../../../../../../../etc/passwd")
    printf 'GET /../../…/etc/passwd: %s %s\n' "$status" "$(cat "$demo/escape.txt")"
    [ "$status" = 403 ] || fail "expected 403"
    kill "$server"
    wait "$server" || true
    trap - EXIT
}

build ls copy threads spawn webserver
demo_ambient
title "ls: a granted directory to a granted stream"
"$run" "$demo/ls" <examples/ls.yaml
demo_copy
title "threads: four of them and a mutex"
"$run" "$demo/threads" <examples/threads.yaml
title "spawn: another granted executable, with fewer descriptors"
"$run" "$demo/spawn" <examples/spawn.yaml
demo_webserver
printf '\nAll demos did what they should.\n'

# shellcheck shell=bash
# What every script here shares: the root of the project, where cargo builds, how to stop and how a suite reports.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$ROOT/target}
# Never answered by a person: CI has no standard input.
export DEBIAN_FRONTEND=noninteractive
cd "$ROOT"

die() {
    printf '%s\n' "$*" >&2
    exit 1
}

# Waits until `check…` succeeds; fails after SECONDS or as soon as process PID is gone.
# usage: wait_for SECONDS PID check…
wait_for() {
    local deadline=$((SECONDS + $1)) process=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < deadline)) && kill -0 "$process" 2>/dev/null || return 1
        sleep 0.1
    done
}

# Prints a port of the loopback that nobody listens on.
free_port() {
    node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

# Tells whether an address answers well.
answers() {
    node -e 'fetch(process.argv[1]).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))' "$1"
}

# Ends a process that this script started and waits for it, by force after ten seconds.
stop_process() {
    kill "-$1" "$2" 2>/dev/null || return 0
    for _ in {1..100}; do
        kill -0 "$2" 2>/dev/null || return 0
        sleep 0.1
    done
    kill -KILL "$2" 2>/dev/null || true
}

# Builds a tool of cargo into .tools unless it is there, and prints its folder.
# usage: cargo_tool NAME VERSION [OPTION OF cargo install…]
cargo_tool() {
    local name=$1 version=$2 folder=$ROOT/.tools/$1-$2
    shift 2
    if [[ ! -x $folder/bin/$name ]]; then
        printf 'Собираю %s %s\n' "$name" "$version" >&2
        CARGO_TARGET_DIR=$ROOT/.tools/build CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off \
            CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 cargo install "$name" --version "$version" --locked --quiet \
            --root "$folder" "$@" >&2 || return 1
        rm -rf "$ROOT/.tools/build"
    fi
    printf '%s\n' "$folder"
}

# Prints the closing line of a suite and fails when something failed or nothing ran.
# usage: suite_result NAME UNIT PASSED FAILED [SKIPPED]
suite_result() {
    local skipped=''
    ((${5:-0} == 0)) || skipped=", $5 skipped"
    printf 'suite %s: %d %s passed, %d failed%s\n' "$1" "$3" "$2" "$4" "$skipped"
    (($4 == 0)) || exit 1
    (($3 > 0)) || die "suite $1 ran nothing: a suite without $2 proves nothing"
}

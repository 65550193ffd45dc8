#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# The front door: makes sure that the packages are there, then hands over to tools/build.py.
set -euo pipefail
cd -- "$(dirname -- "$(readlink -f -- "$0")")"

usage() {
    cat <<'END'
usage: ./build.sh [COMMAND] [--prefix DIR] [--arch A] [-j N]

  (none)         install missing packages, build everything into out/, run the demo
  sysroot        build the cross toolchain and the C library only
  test           build everything and run all tests
  bench [NAME]   build everything, then measure it against its peers: runtime
  ports NAME...  cross-compile ports (no name: list them)
  clean          remove out/; downloads stay in ~/.cache/cloudabi
  help           this text

  --prefix DIR   install into DIR instead of out/
  --arch A       target machine: x86_64
  -j N           parallel jobs (number of processors)
  --json FILE    bench: write the figures there as well

CLOUDABI_CLANG names another clang than the one in PATH. The full log is in out/log/.
END
}

fail() {
    printf 'build.sh: %s\n' "$1" >&2
    exit 1
}

# missing_packages USE...: those of tools/packages.debian that are not installed.
missing_packages() {
    local use wanted name
    while read -r use name; do
        for wanted in "$@"; do
            [[ $use == "$wanted" ]] || continue
            [[ $(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null) == installed ]] ||
                printf '%s\n' "$name"
        done
    done <tools/packages.debian
}

install_packages() {
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        command -v python3 >/dev/null || fail "python3 is missing; install Python 3.11 or newer"
        echo "build.sh: this is not Debian; tools/packages.debian lists what has to be there" >&2
        return 0
    fi
    local -a missing
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]} == 0)) && return 0
    local install="apt-get install --yes --no-install-recommends ${missing[*]}"
    # A fresh system has no package lists yet; old lists name files that are gone.
    local by_hand="run as root: apt-get update && $install"
    command -v sudo >/dev/null && by_hand="run: sudo apt-get update && sudo $install"
    local -a root=()
    if ((EUID != 0)); then
        if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
            root=(sudo -n)
        else
            fail "packages are missing; $by_hand"
        fi
    fi
    printf '[packages] installing %s\n' "${missing[*]}"
    mkdir -p out/log
    local log=out/log/packages.log
    if ! "${root[@]}" apt-get update >"$log" 2>&1; then
        echo "build.sh: apt-get update failed (see $log); going on with the lists there are" >&2
    fi
    # shellcheck disable=SC2086 # words on purpose
    if ! "${root[@]}" env DEBIAN_FRONTEND=noninteractive $install >>"$log" 2>&1; then
        tail -n 15 "$log" >&2
        fail "cannot install packages (log: $log); check the network, then $by_hand"
    fi
}

command=all
if (($# > 0)) && [[ $1 != -* ]]; then
    command=$1
    shift
fi
case $command in
help) usage && exit 0 ;;
all | sysroot | ports) uses=(build) ;;
test) uses=(build test) ;;
bench) uses=(build) ;;
clean)
    (($# == 0)) || fail "clean takes no further words"
    rm -rf out
    echo "removed out/"
    exit 0
    ;;
package | cxx) fail "'$command' is not there yet; './build.sh help' shows what is" ;;
*) fail "there is no command '$command'; './build.sh help' shows what there is" ;;
esac
for argument in "$@"; do
    case $argument in -h | --help) usage && exit 0 ;; esac
done

install_packages "${uses[@]}"
if [[ $command == bench ]]; then # a peer that cannot be had is named as missing
    (install_packages bench) || true
fi
python=/usr/bin/python3
[[ -x $python ]] || python=$(command -v python3) || fail "python3 is missing; install it"
export PYTHONPYCACHEPREFIX=$PWD/out/build/pycache # nothing is written outside out/
exec "$python" tools/build.py "$command" "$@"

#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# fuzz_smoke.sh FUZZER PYTHON MAKE_ELF GOOD: ten seconds at most, from damaged copies of GOOD.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$2" "$3" --corpus "$4" "$dir/corpus"
cd "$dir"
"$1" -runs=200000 -max_total_time=10 -max_len=20000 -seed=1 "$dir/corpus"

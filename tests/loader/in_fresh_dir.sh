#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Runs a command in a new directory that is removed afterwards.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
"$@"

# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh disable=SC2154 # part of the driver
# Read by @TRIPLE@-cc after clang has failed: says what the API table says about the headers, names
# and symbols that clang missed. Headers of refused names do not exist, whoever asks; so this is
# found out afterwards, in further passes that write nothing. They pass over missing headers, and
# refuse one by one the names which clang does not know; that may lead it to more names.
# Descriptor 5 has clang's messages, 6 those of the last further pass, 8 the refusals found so far.

explain() {
    awk -v task="$1" -v compat="$compat" -v me="$me" -v table="$share/explain.tsv" \
        -v sysroot="$sysroot" -f "$share/explain.awk" /dev/fd/8 /dev/fd/5 /dev/fd/6
}

nameless 6 8 || exit "$status"
explain names >&8 || exit "$status"

# The last option wins: ours stand behind the caller's, but before the end of options.
ours='-fsyntax-only -ferror-limit=0 -fno-builtin -Qunused-arguments -MF /dev/null
    -Xclang -MG -Xclang -dependency-file -Xclang - -Xclang -MT -Xclang cloudabi'
value=no
# shellcheck disable=SC2086 # words without blanks
for argument in "$@"; do
    shift
    if [ $value = drop ]; then
        value=no
        continue
    fi
    case $argument in
    -v | -save-temps* | --save-temps* | -ftime-trace*) continue ;;
    -MJ | --serialize-diagnostics | -serialize-diagnostics) value=drop && continue ;;
    --) set -- "$@" $ours && ours='' ;;
    esac
    set -- "$@" "$argument"
done

if [ "$parse" = yes ]; then
    for _ in 1 2 3; do
        # shellcheck disable=SC2086 # words without blanks
        run -include /dev/fd/8 "$@" $ours >/dev/fd/6 2>&1
        explain names >&8 || break
    done
fi
explain sentences

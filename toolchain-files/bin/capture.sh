# SPDX-License-Identifier: BSD-2-Clause
# What clang says is kept in a file without a name, because it may need an explanation.

# nameless N...: open descriptors for such files; /dev/fd/N reads one again from its beginning.
nameless() {
    for number in "$@"; do
        name=${TMPDIR:-/tmp}/$me.$$.$number
        (umask 077 && set -C && : >"$name") 2>/dev/null || return
        eval "exec $number<>\"\$name\""
        rm -f -- "$name"
        [ -e "/dev/fd/$number" ] || return
    done
}

# Descriptor 4 is the caller's input, which a background process would not get otherwise.
with_input() {
    { command exec 4<&0; } 2>/dev/null
}

# run ARGUMENT...: run clang. In the background, because a shell that waits for one in the
# foreground takes no notice of signals; env lets the keyboard interrupt it all the same.
no_env=125
run() {
    [ -z "$source" ] || exec 4</dev/fd/7
    env --default-signal=INT,QUIT "$clang" "$@" <&4 &
    child=$!
    for signal in HUP INT QUIT TERM; do
        # shellcheck disable=SC2064 # this signal
        trap "end_with $signal" "$signal"
    done
    wait "$child"
    result=$?
    trap - HUP INT QUIT TERM
    return "$result"
}

# shellcheck disable=SC2317 # traps call it
end_with() {
    trap - HUP INT QUIT TERM
    kill -s "$1" "$child" 2>/dev/null
    wait "$child"
    show
    kill -s "$1" $$
}

# Print what clang said, once.
shown=no
show() {
    if [ $shown = no ] && [ -s /dev/fd/5 ]; then
        cat /dev/fd/5 >&2
    fi
    shown=yes
}

# Colours, as if clang wrote to the terminal itself. Its lines stay whole, because they are read.
for_terminal() {
    [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ] || return
    colour=-fcolor-diagnostics
    [ $link = no ] || colour="$colour -Wl,--color-diagnostics"
}

# SPDX-License-Identifier: BSD-2-Clause
# Where this tool really is, symbolic links resolved: $top/bin/<tool>.
self=$0
case $self in
*/*) ;;
*) self=$(command -v -- "$self") || fail "cannot find my own file '$0' in PATH" ;;
esac
if [ -L "$self" ]; then
    self=$(readlink -f -- "$self") || fail "cannot resolve the symbolic link '$0'"
fi
bin=$(CDPATH='' cd -P -- "${self%/*}" && pwd -P) || fail "cannot enter the folder of '$self'"
top=${bin%/*}

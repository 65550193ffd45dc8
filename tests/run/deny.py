# SPDX-License-Identifier: BSD-2-Clause
"""Makes the kernel answer single system calls otherwise, by a filter that children inherit: as a
kernel or a container would that lacks something, or that claims success and does nothing.

    deny.py CALL[:FIRST_ARGUMENT] ERROR COMMAND...
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys

LIBC = ctypes.CDLL(None, use_errno=True)
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
LOAD_WORD, JUMP_EQUAL, JUMP_SET, RETURN = 0x20, 0x15, 0x45, 0x06
RET_ALLOW, RET_ERRNO = 0x7FFF0000, 0x00050000

# x86-64 (arch/x86/entry/syscalls/syscall_64.tbl)
CALLS = {
    "capset": 126, "clone": 56, "prctl": 157, "prlimit64": 302, "pipe2": 293, "chroot": 161, "unshare": 272, "execveat": 322,
    "open_tree": 428, "fsopen": 430, "fsmount": 432, "close_range": 436, "mount_setattr": 442,
    "landlock_create_ruleset": 444, "landlock_add_rule": 445, "landlock_restrict_self": 446, "seccomp": 317,
    "pidfd_getfd": 438, "process_vm_readv": 310, "socketpair": 53, "mseal": 462, "setns": 308, "move_mount": 429,
    "listmount": 458,
}  # fmt: skip


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def instruction(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("=HBBI", code, yes, no, value)


def deny(call: str, error: int, first_argument: int | None = None) -> None:
    """From now on `call` answers `error` (0: claims success), if told so only where its first
    argument is, or has the bits, `first_argument`."""
    code = [instruction(LOAD_WORD, 0)]
    if first_argument is None:
        code += [instruction(JUMP_EQUAL, CALLS[call], 0, 1)]
    else:
        test = JUMP_SET if call in ("unshare", "clone") else JUMP_EQUAL
        code += [
            instruction(JUMP_EQUAL, CALLS[call], 0, 3),
            instruction(LOAD_WORD, 16),
            instruction(test, first_argument, 0, 1),
        ]
    code += [instruction(RETURN, RET_ERRNO | error), instruction(RETURN, RET_ALLOW)]
    program = Program(len(code), b"".join(code))
    if LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "no_new_privs")
    if LIBC.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


if __name__ == "__main__":
    name, _, first = sys.argv[1].partition(":")
    deny(name, int(sys.argv[2]), int(first, 0) if first else None)
    os.execvp(sys.argv[3], sys.argv[3:])

#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Where a layer of the sandbox is missing, or only claims to be there, strict mode takes over if it does without;
otherwise no program is started."""

from __future__ import annotations

import errno
import subprocess
from collections.abc import Sequence

import deny
import harness

NEWNS, NEWUSER, NEWPID, CLONE_PIDFD = 0x00020000, 0x10000000, 0x20000000, 0x1000
PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_SECUREBITS = 1, 22, 24, 28
PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 38, 47

# (system call, its answer, its first argument, what the reason says)
Denial = tuple[str, int, int | None, str]

# Strict mode does without these.
NAME_SPACES: list[Denial] = [
    (
        "clone", errno.EPERM, NEWUSER,
        "denies user and process name spaces: Operation not permitted: allow them to ordinary users",
    ),
    ("clone", errno.ENOSPC, NEWUSER, "denies user and process name spaces: No space left on device"),
    ("clone", errno.EPERM, NEWPID, "denies user and process name spaces: Operation not permitted"),
    ("unshare", errno.EPERM, NEWNS, "denies a mount name space: Operation not permitted: allow them"),
    ("open_tree", errno.EPERM, None, "cannot make a mount of '/usr': open_tree: Operation not permitted"),
    ("open_tree", errno.ENOSYS, None, "open_tree: Function not implemented"),
    ("move_mount", errno.EPERM, None, "denies an empty root: move_mount: Operation not permitted"),
    ("mount_setattr", errno.EPERM, None, "cannot restrict the mount of '/usr': mount_setattr: Operation not permitted"),
    ("fsopen", errno.EPERM, None, "denies an empty root: fsopen: Operation not permitted"),
    ("fsmount", errno.EPERM, None, "denies an empty root: fsmount: Operation not permitted"),
    ("chroot", errno.EPERM, None, "denies an empty root: chroot: Operation not permitted"),
    ("listmount", errno.ENOSYS, None, "cannot tell what is mounted below '/usr': listmount: Function not implemented"),
    ("unshare", 0, NEWNS, "cannot make a mount of '/usr': open_tree: Operation not permitted"),
    ("mount_setattr", 0, None, "mount does not carry the flags it was given"),
    ("move_mount", 0, None, "cannot tell what is mounted below '/usr': listmount: No such file or directory"),
]

# Both modes need these, and say so in the same words.
COMMON: list[Denial] = [
    ("capset", errno.EPERM, None, "capabilities"),
    ("prctl", errno.EINVAL, PR_SET_NO_NEW_PRIVS, "cannot set no_new_privs"),
    ("prctl", errno.EINVAL, PR_CAP_AMBIENT, "cannot empty the ambient capabilities"),
    ("prlimit64", errno.EPERM, None, "core dumps"),
    ("pipe2", errno.EMFILE, None, "cannot make a pipe"),
    ("prctl", errno.EINVAL, PR_SET_PDEATHSIG, "cannot tie the program to its launcher"),
    ("landlock_create_ruleset", errno.ENOSYS, None, "this kernel has no Landlock: Function not implemented: boot with"),
    ("landlock_create_ruleset", errno.EOPNOTSUPP, None, "this kernel has no Landlock: Not supported"),
    ("landlock_restrict_self", errno.E2BIG, None, "denies a Landlock domain: Argument list too long: at most 16"),
    ("prctl", 0, PR_SET_PDEATHSIG, "cannot tie the program to its launcher"),
    ("landlock_create_ruleset", 0, None, "this kernel's Landlock is version 0, without scopes"),
    ("landlock_restrict_self", 0, None, "the sandbox does not hold: a signal to the supervisor was answered 'yes'"),
]

FULL: list[Denial] = [
    ("prctl", errno.EPERM, PR_CAPBSET_DROP, "cannot empty the capability bounding set"),
    ("prctl", errno.EPERM, PR_SET_SECUREBITS, "cannot lock the secure bits"),
    (
        "prctl", errno.EINVAL, PR_SET_SECCOMP,
        "denies a system call filter: Invalid argument: it needs CONFIG_SECCOMP_FILTER",
    ),
    ("chroot", 0, None, "the sandbox does not hold: opening /proc was answered 'yes'"),
    ("prctl", 0, PR_CAPBSET_DROP, "cannot empty the capability bounding set"),
    ("prctl", 0, PR_SET_SECUREBITS, "cannot lock the secure bits"),
    ("capset", 0, None, "capabilities are left after giving them up"),
    (
        "prctl", 0, PR_SET_SECCOMP,
        "the sandbox does not hold: socket was answered 'yes' instead of 'Function not implemented'",
    ),
]

STRICT: list[Denial] = [
    ("seccomp", errno.EINVAL, None, "denies a system call filter with a supervisor: Invalid argument"),
    ("seccomp", errno.EBUSY, None, "a supervisor: Resource busy: it needs CONFIG_SECCOMP_FILTER, and that no"),
    ("seccomp", 0, None, "denies a system call filter with a supervisor: no descriptor"),
    ("pidfd_getfd", errno.EPERM, None, "the supervisor cannot serve the program: Operation not permitted: let this"),
    ("mseal", errno.ENOSYS, None, "the kernel denies sealed memory: Function not implemented: let the container's"),
    ("mseal", errno.EPERM, None, "the kernel denies sealed memory: Operation not permitted"),
    ("process_vm_readv", errno.EPERM, None, "the supervisor cannot open a granted directory"),
    ("socketpair", errno.EMFILE, None, "cannot make a pair of sockets"),
]

REFUSED = COMMON + (STRICT if harness.STRICT else FULL)

# A start gets to these with the first directory that is given away, and gives none then.
CHECK: list[Denial] = [] if harness.STRICT else [
    ("setns", errno.EPERM, None, "the mounter cannot enter the sandbox's mount name space: Operation not permitted"),
    ("setns", 0, None, "the mounter is not in the sandbox's mount name space"),
]

# Only a start gets as far as these.
START = [
    ("close_range", errno.ENOSYS, None, "cannot close descriptors: Function not implemented"),
    ("close_range", 0, None, "cannot close descriptors"),
    ("execveat", errno.EACCES, None, "cannot start the loader: Permission denied"),
]


CONFIG = "[!fd stdout, !file {path: /usr}, !file {path: log, create: true, rights: write}]"


def deny_all(denials: Sequence[Denial]) -> None:
    for call, error, argument, _ in denials:
        # A filter without anybody to answer requests would be put on then: that one is what is tried.
        if (call, argument) == ("prctl", PR_SET_SECCOMP):
            deny.deny("seccomp", errno.EINVAL)
        deny.deny(call, error, argument)


class Starter(harness.Test):
    def start_without(self, *denials: Denial) -> subprocess.CompletedProcess[bytes]:
        return self.run_program(CONFIG, preexec_fn=lambda: deny_all(denials))

    def check(self, *denials: Denial, options: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*options, "--check"), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
            preexec_fn=lambda: deny_all(denials),
        )  # fmt: skip


if harness.STRICT:

    class Datagrams(harness.Test):
        """In strict mode, the filter without sendmsg has a way of its own into place."""

        DENIALS = [
            ("seccomp", errno.EINVAL, "denies a system call filter with a supervisor: Invalid argument"),
            ("seccomp", 0, "denies a system call filter with a supervisor: no descriptor"),
            ("clone", errno.EAGAIN, "Resource temporarily unavailable"),
            ("clone", 0, None),
        ]

        def test_denials(self) -> None:
            for call, error, reason in self.DENIALS:
                with self.subTest((call, error)):
                    # Only the messenger is made with these; the others are forked.
                    argument = CLONE_PIDFD if call == "clone" else None
                    result = self.run_program("[!fd stdout, !socket {type: datagram, bind: '127.0.0.1:0'}]", "exit 0",
                                              preexec_fn=lambda: deny.deny(call, error, argument))
                    self.assert_failure(result, *([reason] if reason else []))


class Layers(Starter):
    def test_start_is_refused(self) -> None:
        for denial in REFUSED + START:
            with self.subTest(denial):
                self.assert_failure(self.start_without(denial), denial[3])
                self.assertFalse((self.folder / "log").exists())

    def test_check_gives_the_reason(self) -> None:
        for denial in REFUSED + CHECK:
            with self.subTest(denial):
                result = self.check(denial)
                self.assertEqual((result.returncode, result.stderr), (127, ""))
                first, second = result.stdout.splitlines()
                self.assertEqual(first, "guarantee: none, so no program would be started")
                self.assertTrue(second.startswith("reason: ") and denial[3] in second, second)

    def test_strict_mode_takes_over(self) -> None:
        for denial in NAME_SPACES:
            with self.subTest(denial):
                start = self.start_without(denial)
                self.assertEqual((start.returncode, start.stderr), (0, b""))
                check = self.check(denial)
                self.assertEqual((check.returncode, check.stderr), (0, ""))
                first, second, *_ = check.stdout.splitlines()
                self.assertEqual(first, "guarantee: strict")
                if not harness.STRICT:
                    self.assertIn(denial[3], second)

    def test_check_gives_the_guarantee(self) -> None:
        result = self.check()
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual(result.stdout.splitlines()[0], f"guarantee: {'strict' if harness.STRICT else 'full'}")
        self.assertNotIn("not full", result.stdout)


if not harness.STRICT:

    class Choice(Starter):
        """Which mode it is, where nobody says."""

        def test_neither_mode(self) -> None:
            # Name spaces that fail at once, and those that fail when full mode has begun.
            for space in (NAME_SPACES[1], NAME_SPACES[4]):
                for denial in STRICT:
                    with self.subTest(space=space, denial=denial):
                        self.assert_failure(
                            self.start_without(space, denial), space[3], "and for strict mode: ", denial[3]
                        )

        def test_full_mode_does_without_sealed_memory(self) -> None:
            result = self.start_without(("mseal", errno.ENOSYS, None, ""))
            self.assertEqual((result.returncode, result.stderr), (0, b""))

        def start_weak(self, config: str, command: str, denials: Sequence[Denial]) -> subprocess.CompletedProcess[str]:
            (self.folder / "config").write_text(config)
            return subprocess.run(
                self.command("--weak", "--config", "config", self.program(command)), cwd=self.folder,
                capture_output=True, text=True, check=False,
                preexec_fn=lambda: deny_all(denials),
            )  # fmt: skip

        def test_weak_is_explicit(self) -> None:
            (self.folder / "tree/sub").mkdir(parents=True)
            (self.folder / "tree/file").touch()
            (self.folder / "secret").touch()
            for grant, command, status in [
                ("path: tree", "open file", 0),
                ("path: tree", "create sub/new", errno.EACCES),
                ("path: tree", "open ../secret", errno.EACCES),
                ("path: tree, rights: list", "open file", errno.EACCES),
                ("path: tree, rights: read|write", "create sub/new", 0),
            ]:
                with self.subTest(grant=grant, command=command):
                    config = f"[!fd stdout, !file {{{grant}}}]"
                    result = self.start_weak(config, command, [NAME_SPACES[1], STRICT[0]])
                    self.assertEqual(result.returncode, status, result.stderr)
                    first, second = result.stderr.splitlines()
                    self.assertIn("weak: the kernel denies a system call filter with a supervisor", first)
                    self.assertIn("lost by --weak: ", second)

        def test_weak_names_no_peer_either(self) -> None:
            config = "[!fd stdout, !socket {type: datagram, connect: '127.0.0.1:9'}]"
            result = self.start_weak(config, "name", [NAME_SPACES[1], STRICT[0]])
            self.assertEqual(result.returncode, errno.ENOSYS, result.stderr)

        def test_weak_is_not_used_where_more_can_be_had(self) -> None:
            for denials, guarantee in (
                ([], "full"), ([NAME_SPACES[1]], "strict"), ([NAME_SPACES[1], STRICT[0]], "weak"),
            ):  # fmt: skip
                with self.subTest(guarantee):
                    result = self.check(*denials, options=["--weak"])
                    self.assertEqual((result.returncode, result.stderr), (0, ""))
                    self.assertEqual(result.stdout.splitlines()[0], f"guarantee: {guarantee}")
            for denials in ([], [NAME_SPACES[1]]):
                result = self.start_weak("[!fd stdout]", "exit 3", denials)
                self.assertEqual((result.returncode, result.stderr), (3, ""))

        def test_not_even_weak(self) -> None:
            result = self.check(NAME_SPACES[1], STRICT[0], COMMON[7], options=["--weak"])
            self.assertEqual(result.returncode, 127)
            self.assertIn("this kernel has no Landlock", result.stdout)

        def test_no_user_name_space_left(self) -> None:
            limit = "echo 0 >/proc/sys/user/max_user_namespaces && exec \"$@\""
            command = ["unshare", "--user", "--map-root-user", "sh", "-c", limit, "sh", *self.command("--check")]
            result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            first, second, *_ = result.stdout.splitlines()
            self.assertEqual(first, "guarantee: strict")
            self.assertIn("denies user and process name spaces: No space left on device", second)


if __name__ == "__main__":
    harness.main()

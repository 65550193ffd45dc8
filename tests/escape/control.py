#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The control of the attacks: the same program without any sandbox, where they must get through.

It runs as an ordinary user, in name spaces of its own, so that what succeeds ends with them; what
could harm the machine even so is skipped, and counted. An attempt that fails here proves nothing
when it fails in the sandbox, so those of SUCCEED must succeed, and the world must show the damage.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from run import as_ordinary, copy, install, make_base
from tally import Tally
from world import World

UNSHARE = ["unshare", "--user", "--map-root-user", "--mount", "--pid", "--fork", "--kill-child", "--uts", "--ipc"]

# All but those that depend on how the kernel was configured.
ATTACK: frozenset[str] = frozenset(
    """
    absolute-path absolute-path-below-grant asynchronous-signals chdir chmod chmod-open-file chown
    chown-open-file chroot clone-high-bits clone-new-mount clone-new-user clone-parent create create-outside
    create-unnamed dotdot-chain dotdot-chain-to-root dotdot-from-subdirectory-read-only
    dotdot-from-subdirectory-read-write dotdot-read-only dotdot-read-write execute-from-read-only
    execute-granted-file execveat-path execveat-path-without-flag execveat-tells-what-exists
    execute-what-was-written execve fchdir fork fsopen getpid getppid inotify kill-init
    link link-into-other-grant link-out listener-fast-open listener-listen map-for-execution
    map-granted-file-for-execution map-writable-executable mkdir mknod mode-of-granted-file mount
    name-for-granted-file named-datagram-abstract named-datagram-pathname open open-for-reading-and-writing
    open-for-writing open-to-truncate open_tree openat own-by-signal own-symlink-absolute own-symlink-proc
    own-symlink-relative pair-bind pair-datagram pair-datagram-cloexec pidfd_open-neighbours prctl-dumpable
    prctl-name prctl-no-death-signal prctl-securebits prctl-subreaper proc-self-fd proc-self-mem proc-self-root
    protect-writable-executable ptrace-traceme rename rename-into-other-grant rename-out rename-race-from-inside
    rename-race-from-outside-read-only rename-race-from-outside-read-write renameat2 rmdir seccomp set-user-id
    setpgid setuid signal-caught signal-of-owner signals-blocked socket-tcp socket-udp socket-unix
    socket-unix-datagram stat-outside symlink
    symlink-absolute-read-only symlink-absolute-read-write symlink-relative-read-only
    symlink-relative-read-write times-by-empty-path times-of-granted-file times-of-open-file unlink
    unshare-files unshare-mount unshare-user utimes working-directory working-directory-is-empty
    """.split()
)
SUCCEED = {"attack": ATTACK, "exhaust": frozenset({"numbers-unknown", "handles-present", "handles-looking", "handles-once-more"})}
SIGNS = {"attack": ("the secret was copied", "outside the read-write grant changed", "a message arrived"),
         "exhaust": ()}


def attack(start: Path, loader: Path, program: Path, base: Path) -> list[str]:
    (base / "read-only/control").touch()
    grants = ["fd:1", f"dir:{base}/read-only", f"dir:{base}/read-write", "listen", f"file:{base}/program"]
    # The build's folder may be one that an ordinary user cannot enter, and so not leave by `..` either.
    result = subprocess.run([*UNSHARE, start, "--time", "60", loader, program, *grants], text=True, check=False,
                            stdout=subprocess.PIPE, timeout=90, cwd="/",
                            env=os.environ | {"CLOUDABI_ESCAPE_CANARY": "of the launcher"})  # fmt: skip
    print(f"status {result.returncode}")
    return result.stdout.splitlines()


def judge(program: str, through: set[str], damage: list[str]) -> list[str]:
    problems = [f"{name} fails without a sandbox too, so its test proves nothing"
                for name in SUCCEED[program] - through]
    for sign in SIGNS[program]:
        if not any(line.startswith(sign) for line in damage):
            problems.append(f"the world does not show: {sign}")
    return sorted(problems)


def run(start: Path, loader: Path, program: Path, base: Path) -> int:
    world = World(base)
    try:
        lines = attack(start, loader, program, base)
        world.stop()
        damage = world.damage()
    finally:
        world.close()
    print("\n".join([*lines, *damage]))
    tally = Tally.of(lines)
    problems = judge(program.name, set(tally.through), damage)
    for problem in problems:
        print(f"FAILED: {problem}")
    print(f"{len(tally.through)} attempts got through, {tally.skipped} skipped as too dangerous, "
          f"{len(problems)} problems", flush=True)
    return 1 if problems else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--launcher", type=Path, required=True, help="cloudabi-run, for its loader")
    parser.add_argument("--start", type=Path, required=True, help="the starter without a sandbox")
    parser.add_argument("program", type=Path)
    args = parser.parse_args()
    if subprocess.run([*UNSHARE, "true"], capture_output=True, check=False).returncode != 0:
        print("SKIP: no name spaces to confine the control in")
        return 77
    os.umask(0o022)
    with tempfile.TemporaryDirectory(prefix="cloudabi-escape-") as scratch:
        Path(scratch).chmod(0o755)
        launcher, program = install(args.launcher, args.program, Path(scratch, "installed"))
        start = program.parent / args.start.name
        copy(args.start, start)
        base = Path(scratch, "world")
        make_base(base)
        return as_ordinary(base, lambda: run(start, launcher.parent.parent / "lib/cloudabi/loader", program, base))


if __name__ == "__main__":
    sys.exit(main())

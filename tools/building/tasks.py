# SPDX-License-Identifier: BSD-2-Clause
"""The single tasks of the build: fetch, configure, compile, install."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from . import BuildError, Explained
from .steps import Log

# Libraries that POSIX's c99 has to accept; all of their content is in libc.a.
EMPTY_LIBRARIES = ("m", "pthread", "rt", "xnet")


@dataclass(frozen=True)
class Builder:
    """Knows the folders of one build."""

    root: Path
    prefix: Path
    arch: str
    jobs: int
    clang: str
    log: Log

    @property
    def triple(self) -> str:
        """The target's name."""
        return f"{self.arch}-unknown-cloudabi"

    @property
    def sysroot(self) -> Path:
        """Where the target's headers and libraries go."""
        return self.prefix / self.triple

    def build_folder(self, name: str) -> Path:
        """A folder for intermediate files; always below out/, whatever the prefix."""
        return self.root / "out" / "build" / name

    def tool(self, *words: str) -> None:
        """Run one of the project's own Python programs."""
        self.log.check(sys.executable, *words, cwd=self.root)

    def fetch(self, name: str) -> None:
        """Fetch a locked source; its own sentence says what is wrong."""
        command = (sys.executable, str(self.root / "tools" / "fetch.py"), name)
        if self.log.run(*command) != 0:
            raise Explained(self.log.tail().splitlines()[-1])

    def install_driver(self) -> None:
        """Find clang and put the compiler driver over it."""
        command = [str(self.root / "toolchain-files" / "install.py"), "--prefix", str(self.prefix)]
        command += ["--arch", self.arch, "--clang", self.clang]
        if self.log.run(sys.executable, *command) != 0:
            raise Explained(self.log.tail().splitlines()[-1])

    def configure(self, source: Path, name: str, options: dict[str, str]) -> None:
        """Run CMake if it never ran with these options; otherwise ninja does when needed."""
        folder = self.build_folder(name)
        command = ["cmake", "-S", str(source), "-B", str(folder), "-G", "Ninja"]
        command += [f"-D{key}={value}" for key, value in options.items()]
        stamp = folder / "configured"
        wanted = shlex.join(command) + "\n"
        same = stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted
        if same and (folder / "build.ninja").is_file():
            return
        stamp.unlink(missing_ok=True)
        self.log.check(*command, "--fresh")
        stamp.write_text(wanted, encoding="utf-8")

    def compile(self, name: str, *targets: str) -> None:
        """Run ninja."""
        self.log.check("ninja", "-C", str(self.build_folder(name)), f"-j{self.jobs}", *targets)

    def compile_tests(self) -> list[str]:
        """Build as many tests as compile; return what the compiler says about the others."""
        command = ["ninja", "-C", str(self.build_folder("host")), f"-j{self.jobs}", "-k0"]
        if self.log.run(*command, "tests/all") == 0:
            return []
        print("(not all compile)", end=" ", flush=True)
        errors = [line for line in self.log.last_step().splitlines() if "error:" in line]
        return errors or ["ninja failed"]

    def install(self, name: str) -> None:
        """Install, and remove what the previous install had and this one lacks."""
        manifest = self.build_folder(name) / "install_manifest.txt"
        before = set(manifest.read_text().splitlines()) if manifest.is_file() else set()
        self.log.check("cmake", "--install", str(self.build_folder(name)))
        after = set(manifest.read_text().splitlines()) if manifest.is_file() else set()
        for path in before - after:
            Path(path).unlink(missing_ok=True)

    def configure_host(self) -> None:
        """Configure the host build."""
        options = {
            "CMAKE_INSTALL_PREFIX": str(self.prefix),
            "CLOUDABI_PREFIX": str(self.prefix),
            "CLOUDABI_ARCH": self.arch,
            "CMAKE_C_COMPILER": self.host_clang(),
            "MUSL": str(self.root / "out" / "src" / "musl"),
            "Python3_EXECUTABLE": sys.executable,
        }
        self.configure(self.root, "host", options)

    def host_clang(self) -> str:
        """The clang that the driver uses compiles the host's programs too."""
        driver = self.prefix / "bin" / f"{self.triple}-cc"
        for line in driver.read_text(encoding="utf-8").splitlines():
            if line.startswith("clang="):
                return shlex.split(line.removeprefix("clang="))[0]
        raise BuildError(f"{driver} does not name a clang; remove it and build again")

    def configure_sysroot(self) -> None:
        """Configure the build of the target's libraries."""
        source = self.root / "cmake" / "sysroot"
        options = {
            "CMAKE_TOOLCHAIN_FILE": str(self.sysroot / "share" / "cloudabi" / "toolchain.cmake"),
            "CMAKE_INSTALL_PREFIX": str(self.sysroot),
            "CMAKE_BUILD_TYPE": "",
            "CMAKE_TRY_COMPILE_TARGET_TYPE": "STATIC_LIBRARY",  # nothing links before libc is there
            "CMAKE_EXPORT_COMPILE_COMMANDS": "ON",
            "MUSL": str(self.root / "out" / "src" / "musl"),
            "ARCH": self.arch,
            "PYTHON": sys.executable,
        }
        self.configure(source, self.arch, options)

    def install_builtins(self) -> None:
        """Make the compiler's helper library, and the empty ones; unchanged, they stay."""
        library = self.sysroot / "lib" / "libcompiler_rt.a"
        folder = self.root / "toolchain-files" / "builtins"
        inputs = [*folder.iterdir(), self.prefix / "bin" / f"{self.triple}-cc"]
        newest = max(path.stat().st_mtime for path in inputs)
        if not library.is_file() or library.stat().st_mtime < newest:
            command = ["--bin", str(self.prefix / "bin"), "--arch", self.arch]
            self.tool(str(folder / "build.py"), *command, "--output", str(library))
        for name in EMPTY_LIBRARIES:
            path = self.sysroot / "lib" / f"lib{name}.a"
            if not path.is_file():
                path.write_bytes(b"!<arch>\n")

    def write_reference(self) -> None:
        """Write the reference of what was installed, as HTML and as manual pages."""
        driver = str(self.prefix / "bin" / f"{self.triple}-cc")
        resources = self.log.check(driver, "-print-resource-dir").strip()
        words = ["--include", str(self.sysroot / "include"), "--compiler-include", f"{resources}/include"]
        self.tool(str(self.root / "tools" / "make_reference.py"), *words, "--out", str(self.prefix / "share"))

    def demo(self) -> None:
        """Run the demo, if there is one."""
        script = self.root / "examples" / "run-demo.sh"
        if not script.is_file():
            print("      there is no demo yet (examples/run-demo.sh)", flush=True)
            return
        if self.log.run(str(script), str(self.prefix), show=True) != 0:
            raise BuildError(f"the demo {script} failed")

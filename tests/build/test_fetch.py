#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""tools/fetch.py against a mirror of our own: caches, damage, absence, and nothing half-done."""

from __future__ import annotations

import hashlib
import http.server
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
import unittest
from functools import partial
from pathlib import Path

from debian import Mirror

ROOT = Path(__file__).resolve().parent.parent.parent


class FetchTest(unittest.TestCase):
    """Runs the command as users do."""

    def setUp(self) -> None:
        for tool in ("apt-get", "dpkg-source", "dpkg-scansources"):
            if shutil.which(tool) is None:
                self.skipTest(f"{tool} is not installed")
        scratch = tempfile.TemporaryDirectory(prefix="fetch-test-")
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        self.mirror = Mirror(self.folder)
        self.lock = self.folder / "sources.lock"
        self.lock.write_text(self.mirror.lock(), encoding="utf-8")
        self.tree = self.folder / "out" / "src" / "demo"
        self.downloads = self.folder / "cache" / "cloudabi" / "downloads"

    def fetch(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run fetch.py."""
        command = [sys.executable, str(ROOT / "tools" / "fetch.py"), "--lock", str(self.lock)]
        command += ["--apt", str(self.mirror.etc), "--out", str(self.folder / "out"), *words]
        variables = {**os.environ, "XDG_CACHE_HOME": str(self.folder / "cache"), **environment}
        return subprocess.run(command, env=variables, capture_output=True, text=True, check=False)

    def succeed(self, *words: str, **environment: str) -> str:
        """Fetch, expect success, return what was said besides the path."""
        result = self.fetch(*words, **environment)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(result.stdout, f"{self.tree}\n")
        self.assertEqual((self.tree / "hello.c").read_text(), "int hello = 2;\n")
        return result.stderr

    def fail_with(self, *words: str, **environment: str) -> str:
        """Fetch, expect failure and no tree, return the last sentence."""
        result = self.fetch(*words, **environment)
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertNotIn("Traceback", result.stderr)
        self.assertEqual(result.stdout, "")
        self.assertFalse(self.tree.exists())
        if self.tree.parent.exists():
            self.assertEqual(list(self.tree.parent.iterdir()), [])
        return result.stderr.splitlines()[-1]


class Fetching(FetchTest):
    """What works."""

    def test_patched_tree_then_nothing_to_do(self) -> None:
        self.assertIn("downloading", self.succeed("demo"))
        marker = self.tree / "marker"
        marker.touch()
        self.assertEqual(self.succeed("demo"), "")
        self.assertTrue(marker.exists(), "an up-to-date tree was unpacked again")
        self.assertEqual(len(list(self.downloads.iterdir())), 3)

    def test_cache_survives_the_tree(self) -> None:
        self.succeed("demo")
        shutil.rmtree(self.folder / "out")
        shutil.rmtree(self.folder / "mirror")
        self.assertEqual(self.succeed("--offline", "demo"), "")

    def test_damaged_cache_is_fetched_again(self) -> None:
        self.succeed("demo")
        shutil.rmtree(self.folder / "out")
        for path in self.downloads.iterdir():
            path.write_bytes(b"damaged" + path.read_bytes()[7:])
        self.assertIn("downloading", self.succeed("demo"))
        for path in self.downloads.iterdir():
            self.assertEqual(hashlib.sha256(path.read_bytes()).hexdigest(), path.name)

    def test_changed_entry_is_unpacked_again(self) -> None:
        self.succeed("demo")
        (self.tree / "marker").touch()
        text = self.lock.read_text(encoding="utf-8").replace('"Zlib"', '"MIT"')
        self.lock.write_text(text, encoding="utf-8")
        self.succeed("demo")
        self.assertFalse((self.tree / "marker").exists())

    def test_system_lists_stay_untouched(self) -> None:
        self.succeed("demo")
        private = self.folder / "out" / "build" / "apt" / "lists"
        self.assertTrue(any("Sources" in path.name for path in private.iterdir()))
        lists = Path("/var/lib/apt/lists")
        ours = str(self.folder).strip("/").replace("_", "%5f").replace("/", "_")
        names = [path.name for path in lists.iterdir()] if lists.is_dir() else []
        self.assertFalse([name for name in names if ours in name])

    def test_one_line_source_list(self) -> None:
        (self.mirror.etc / "sources.list.d" / "demo.sources").unlink()
        (self.mirror.etc / "sources.list").write_text(
            "# a comment\ndeb [arch=amd64] http://127.0.0.1:9/other nodistro main\n"
            f"deb [trusted=yes] file:{self.folder}/mirror bookworm main contrib # end\n"
        )
        self.succeed("demo")

    def test_list_and_help(self) -> None:
        self.assertEqual(self.fetch("--list").stdout, "demo\t1.0-1\tZlib\n")
        self.assertIn("usage:", self.fetch("--help").stdout)


class Damage(FetchTest):
    """What must be refused."""

    def test_wrong_checksum(self) -> None:
        self.lock.write_text(self.mirror.lock(gz="0" * 64), encoding="utf-8")
        sentence = self.fail_with("demo")
        digest = hashlib.sha256((self.mirror.pool / "demo_1.0.orig.tar.gz").read_bytes())
        for part in ("wrong checksum: demo_1.0.orig.tar.gz", "0" * 64, digest.hexdigest()):
            self.assertIn(part, sentence)

    def test_truncated_file_on_the_mirror(self) -> None:
        orig = self.mirror.pool / "demo_1.0.orig.tar.gz"
        orig.write_bytes(orig.read_bytes()[:50])
        self.assertIn("cannot download Debian source demo 1.0-1", self.fail_with("demo"))

    def test_file_shorter_than_locked(self) -> None:
        # A mirror that is consistent in itself, but has another file than the lock says.
        text = self.mirror.lock()
        orig = self.mirror.pool / "demo_1.0.orig.tar.gz"
        size = orig.stat().st_size
        self.lock.write_text(text.replace(f"size = {size}\n", f"size = {size + 9}\n"))
        self.assertIn(f"has {size} of {size + 9} bytes", self.fail_with("demo"))

    def test_file_gone_from_the_mirror(self) -> None:
        (self.mirror.pool / "demo_1.0.orig.tar.gz").unlink()
        self.assertIn("check the network", self.fail_with("demo"))

    def test_unknown_version(self) -> None:
        text = self.lock.read_text(encoding="utf-8").replace('"1.0-1"', '"2.0-1"')
        self.lock.write_text(text, encoding="utf-8")
        self.assertIn("demo 2.0-1", self.fail_with("demo"))

    def test_no_network(self) -> None:
        (self.mirror.etc / "sources.list.d" / "demo.sources").write_text(
            "Types: deb\nURIs: http://127.0.0.1:9/debian\nSuites: bookworm\nComponents: main\n"
        )
        sentence = self.fail_with("demo")
        self.assertIn("cannot update the list of Debian sources", sentence)
        self.assertIn("check the network", sentence)

    def test_offline_without_cache(self) -> None:
        self.assertIn("run without --offline", self.fail_with("--offline", "demo"))

    def test_no_mirror_configured(self) -> None:
        (self.mirror.etc / "sources.list.d" / "demo.sources").unlink()
        self.assertIn("no enabled Debian mirror", self.fail_with("demo"))

    def test_disabled_mirror_is_not_used(self) -> None:
        path = self.mirror.etc / "sources.list.d" / "demo.sources"
        path.write_text(path.read_text() + "Enabled: no\n")
        self.assertIn("no enabled Debian mirror", self.fail_with("demo"))

    def test_missing_apt(self) -> None:
        empty = self.folder / "empty"
        empty.mkdir()
        (empty / "dpkg-source").symlink_to("/usr/bin/dpkg-source")
        self.assertIn("apt-get is not installed", self.fail_with("demo", PATH=str(empty)))

    def test_missing_dpkg_source(self) -> None:
        tools = self.folder / "tools"
        tools.mkdir()
        (tools / "apt-get").symlink_to("/usr/bin/apt-get")
        sentence = self.fail_with("demo", PATH=str(tools))
        self.assertIn("dpkg-source is missing; install the package dpkg-dev", sentence)

    def test_unwritable_cache(self) -> None:
        (self.folder / "cache").write_text("a file where a folder has to be")
        self.assertIn("set XDG_CACHE_HOME", self.fail_with("demo"))

    def test_broken_lock(self) -> None:
        good = self.mirror.lock()
        for text, part in {
            good.replace("[demo]", "[demo"): "not valid TOML",
            good.replace("demo_1.0-1.dsc", "../demo.dsc"): "not a plain file name",
            good.replace("sha256", "sha512", 1): "sha256",
            good.replace("size = ", "size = -"): "positive number",
            good.replace("version = ", "revision = "): "'version' must be",
        }.items():
            with self.subTest(part=part):
                self.lock.write_text(text, encoding="utf-8")
                self.assertIn(part, self.fail_with("demo"))

    def test_unknown_name(self) -> None:
        self.assertIn("'nonesuch' is not in", self.fail_with("nonesuch"))
        self.assertIn("nothing to fetch", self.fail_with())


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A web server that says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        pass


class Upstream(FetchTest):
    """The release itself, where Debian's way fails."""

    def setUp(self) -> None:
        super().setUp()
        (self.mirror.etc / "sources.list.d" / "demo.sources").unlink()
        site = self.folder / "site"
        site.mkdir()
        self.archive = site / "demo-1.0.tar.gz"
        with tarfile.open(self.archive, "w:gz") as tar:
            data = b"int hello = 2;\n"
            info = tarfile.TarInfo("demo-1.0/hello.c")
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
        handler = partial(Quiet, directory=str(site))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.url = f"http://127.0.0.1:{server.server_address[1]}/demo-1.0.tar.gz"
        self.write_lock(hashlib.sha256(self.archive.read_bytes()).hexdigest())

    def write_lock(self, digest: str) -> None:
        """Add the release to the lock."""
        size = self.archive.stat().st_size
        self.lock.write_text(
            self.mirror.lock() + f'[demo.upstream]\nname = "demo-1.0.tar.gz"\nsize = {size}\n'
            f'sha256 = "{digest}"\nurl = "{self.url}"\n',
            encoding="utf-8",
        )

    def test_release(self) -> None:
        self.assertIn("trying the upstream release", self.succeed("demo"))

    def test_wrong_checksum(self) -> None:
        self.write_lock("1" * 64)
        self.assertIn("wrong checksum: demo-1.0.tar.gz", self.fail_with("demo"))

    def test_broken_download(self) -> None:
        self.write_lock(hashlib.sha256(self.archive.read_bytes()).hexdigest())
        self.archive.write_bytes(self.archive.read_bytes()[:20])
        self.assertIn("broken download: demo-1.0.tar.gz", self.fail_with("demo"))

    def test_no_network(self) -> None:
        self.archive.unlink()
        self.assertIn("cannot download", self.fail_with("demo"))


if __name__ == "__main__":
    unittest.main()

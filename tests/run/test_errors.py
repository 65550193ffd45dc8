#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What is wrong with a configuration, or with the command line, is said with its position, and
nothing is started or created."""

from __future__ import annotations

import subprocess

import harness

TAGS = "expected !fd, !file, !socket, !executable, !!str, !!int,"
RIGHTS = "expected one or more of list, read, write, append and exec"
ADDRESS = "expected a path with a '/' in it, a numeric IPv4 address and port"

# (configuration, position, what the sentence says)
ERRORS: list[tuple[str | bytes, str, str]] = [
    # YAML itself
    ("a: [1", "2:1", "not valid YAML: while parsing a flow sequence did not find expected ',' or ']'"),
    ("a: b: c", "1:5", "not valid YAML: mapping values are not allowed in this context"),
    ("a: 'b", "1:6", "not valid YAML: while scanning a quoted scalar found unexpected end of stream"),
    ("a:\n\t- b", "2:1", "found character that cannot start any token"),
    ("a: !x!y z", "1:4", "not valid YAML: while parsing a node found undefined tag handle"),
    (b"a: b\nc: \xff\xfe", "2:4", "expected UTF-8 text"),
    (b"a: \xed\xa0\x80", "1:4", "expected UTF-8 text"),
    (b"a: \xc0\x80", "1:4", "expected UTF-8 text"),
    (b"a: \x01", "1:4", "expected UTF-8 text"),
    (b"\xff\xfea\x00", "1:1", "expected UTF-8 text"),
    ("a: 1\n---\nb: 2", "2:1", "a second document starts here: expected the end of the text"),
    ("a: &x 1", "1:4", "anchors are not supported: write the value without '&'"),
    ("&x [1]", "1:1", "anchors are not supported"),
    ("- &x {}", "1:3", "anchors are not supported"),
    ("a: *x", "1:4", "aliases are not supported: write the value out"),
    ("[" * 65 + "]" * 65, "1:65", "nested too deeply: expected at most 64 maps and sequences inside each other"),
    ("[" * 100000, "1:65", "nested too deeply"),
    (b"a" * ((1 << 20) + 1), "1:1", "too large: expected at most 1048576 bytes"),
    # Tags and scalars
    ("a: !foo b", "1:4", "unknown tag '!foo': " + TAGS),
    ("a: !!set {}", "1:4", "unknown tag 'tag:yaml.org,2002:set': " + TAGS),
    ("%TAG ! tag:example.org,2026:\n---\n- !fd 1", "3:3", "unknown tag 'tag:example.org,2026:fd': " + TAGS),
    ("!!int [1]", "1:1", "!!int stands before a sequence: expected a scalar"),
    ("!!map x", "1:1", "!!map stands before a scalar: expected a map"),
    ("!!seq {}", "1:1", "!!seq stands before a map: expected a sequence"),
    ("a: !!int 1x", "1:4", "'1x' has the wrong form: expected decimal digits after !!int"),
    ("a: !!int ''", "1:4", "expected decimal digits after !!int"),
    ("a: !!int '-'", "1:4", "expected decimal digits after !!int"),
    ("a: !!int ' 1'", "1:4", "expected decimal digits after !!int"),
    ("a: !!int 0x10", "1:4", "expected decimal digits after !!int"),
    ("a: !!int 18446744073709551616", "1:4", "'18446744073709551616' is out of range: expected an integer from"),
    ("a: !!int -9223372036854775809", "1:4", "out of range"),
    ("a: !!int 99999999999999999999999999", "1:4", "out of range"),
    ("a: !!bool yes", "1:4", "'yes' has the wrong form: expected 'true' or 'false' after !!bool"),
    ("a: !!bool", "1:4", "expected 'true' or 'false'"),
    ("a: !!null x", "1:4", "expected nothing, 'null' or '~' after !!null"),
    ("a: !!float 1e", "1:4", "expected a decimal number in the range of a double"),
    ("a: !!float 1e999", "1:4", "expected a decimal number in the range of a double"),
    ("a: !!float 0x1p3", "1:4", "expected a decimal number"),
    ("a: !!float infinity", "1:4", "expected a decimal number"),
    ("a: !!float .", "1:4", "expected a decimal number"),
    ("a: !!binary A", "1:4", "expected base64 with its padding after !!binary"),
    ("a: !!binary AA=A", "1:4", "expected base64"),
    ("a: !!binary AB==", "1:4", "expected base64"),
    ("a: !!binary AA==AA==", "1:4", "expected base64"),
    ("a: !!binary ====", "1:4", "expected base64"),
    ("a: !!timestamp 2020-02-30", "1:4", "expected a time like 2020-01-31T23:59:59.5Z"),
    ("a: !!timestamp 2020-13-01", "1:4", "expected a time like"),
    ("a: !!timestamp 2020-01-01T24:00:00Z", "1:4", "expected a time like"),
    ("a: !!timestamp 2020-01-01T00:00:00.1234567890Z", "1:4", "expected a time like"),
    ("a: !!timestamp '2020-01-01 '", "1:4", "expected a time like"),
    # Duplicate keys
    ("a: 1\nb: 2\na: 3", "3:1", "duplicate key 'a': expected each key once"),
    ("x: {'a': 1, a: 2}", "1:13", "duplicate key 'a'"),
    ("x: {!!int 1: 1, !!int 01: 2}", "1:17", "duplicate key '01'"),
    ("x: {[a]: 1, [a]: 2}", "1:13", "duplicate key '...'"),
    # !fd
    ("- !fd stdin", "1:3", "standard input carries this configuration: expected it in a file, named by --config FILE"),
    ("- !fd 0", "1:3", "standard input carries this configuration"),
    ("- !fd x", "1:3", "'x' is not a descriptor: expected stdin, stdout, stderr or a decimal number after !fd"),
    ("- !fd -1", "1:3", "is not a descriptor"),
    ("- !fd invalid", "1:3", "is not a descriptor"),
    ("- !fd 99999999999", "1:3", "is not a descriptor"),
    ("- !fd ''", "1:3", "is not a descriptor"),
    ("- !fd {number: 1}", "1:3", "!fd stands before a map: expected a scalar"),
    ("- !fd 77", "1:3", "descriptor 77 is not open: add '77<FILE' in the shell"),
    # !file
    ("a: !file x", "1:4", "!file stands before a scalar: expected a map"),
    ("a: !file {}", "1:4", "!file without 'path': expected 'path: ...' in it"),
    ("a: !file\n  rights: read\n", "1:4", "!file without 'path'"),
    ("a: !file\n  path: /usr\n  mode: 0644\n", "3:3", "!file has no attribute 'mode': expected path, rights or create"),
    ("a: !file {path: /usr, [x]: y}", "1:23", "!file has no attribute '...': expected path, rights or create"),
    ("a: !file {path: /usr, path: /bin}", "1:23", "a second 'path': expected each attribute once"),
    ("a: !file {path: [x]}", "1:17", "'path' has the wrong type: expected a string"),
    ("a: !file {path: !!int 7}", "1:17", "'path' has the wrong type: expected a string"),
    ("a: !file {path: ''}", "1:17", "expected a string that is not empty and holds no NUL"),
    ('a: !file {path: "a\\0b"}', "1:17", "expected a string that is not empty and holds no NUL"),
    ("a: !file {path: " + "x" * 4096 + "}", "1:17", "'path' is too long: expected at most 4095 bytes"),
    ("a: !file {path: /usr, rights: rread}", "1:31", "unknown right 'rread': " + RIGHTS),
    ("a: !file {path: /usr, rights: read|}", "1:31", "unknown right '': " + RIGHTS),
    ("a: !file {path: /usr, rights: [read, fly]}", "1:38", "unknown right 'fly': " + RIGHTS),
    ("a: !file {path: /usr, rights: []}", "1:31", "no right at all: " + RIGHTS),
    ("a: !file {path: /usr, rights: {read: x}}", "1:31", "'rights' has the wrong type: " + RIGHTS),
    ("a: !file {path: /usr, rights: }", "1:31", "'rights' has the wrong type: " + RIGHTS),
    ("a: !file {path: /usr, rights: [[read]]}", "1:32", "'rights' has the wrong type: " + RIGHTS),
    ("a: !file {path: x, create: maybe, rights: write}", "1:28", "'create' has the wrong type: expected true or false"),
    ("a: !file {path: x, create: true}", "1:28", "'create' makes an empty file: expected 'write' or"),
    ("a: !file {path: nothing}", "1:4", "cannot open 'nothing': No such file or directory"),
    ("a: !file {path: nothing, rights: write}", "1:4", "No such file or directory: `create: true` makes the file"),
    ("a: !file {path: no/new, rights: write, create: true}", "1:4", "cannot create 'no/new': No such file"),
    ("a: !file {path: /, rights: read}", "1:4", "holds the kernel's proc file system at 'proc'"),
    ("a: !file {path: /proc}", "1:4", "lies on the kernel's proc file system"),
    ("a: !file {path: /proc/self/status}", "1:4", "lies on the kernel's proc file system"),
    ("a: !file {path: /sys/kernel}", "1:4", "lies on the kernel's sysfs file system"),
    ("a: !file {path: ., rights: append}", "1:4", "'.' is a directory, and 'append' is for files: use 'write'"),
    # !socket
    ("a: !socket {}", "1:4", "!socket without an address: expected 'bind: ...' or 'connect: ...' in it"),
    ("a: !socket {type: stream}", "1:4", "!socket without an address"),
    ("a: !socket {listen: x/y}", "1:13", "!socket has no attribute 'listen': expected bind, connect or type"),
    ("a: !socket {bind: x/y, type: dgram}", "1:30", "'dgram' is not a type: expected stream or datagram"),
    ("a: !socket {connect: localhost}", "1:22", "'localhost' is not an address: " + ADDRESS),
    ("a: !socket {connect: []}", "1:22", "'connect' has the wrong type"),
    ("a: !socket {connect: '127.0.0.1:0'}", "1:22", "nobody has port 0: expected another to connect to"),
    ("a: !socket {connect: '[::1]:0', type: datagram}", "1:22", "nobody has port 0"),
    ("a: !socket {bind: ./x, connect: '127.0.0.1:1'}", "1:33", "'bind' and 'connect' differ in kind"),
    ("a: !socket {bind: '[::1]:1', connect: '127.0.0.1:1'}", "1:39", "'bind' and 'connect' differ in kind"),
    ("a: !socket {connect: no/socket}", "1:4", "cannot connect to 'no/socket': No such file or directory: start what"),
    ("a: !socket {bind: localhost}", "1:19", "'localhost' is not an address: " + ADDRESS),
    ("a: !socket {bind: 'localhost:80'}", "1:19", "is not an address"),

    ("a: !socket {bind: '127.0.0.1:65536'}", "1:19", "is not an address"),
    ("a: !socket {bind: '127.0.0.1'}", "1:19", "is not an address"),
    ("a: !socket {bind: '127.1:80'}", "1:19", "is not an address"),
    ("a: !socket {bind: '::1:80'}", "1:19", "is not an address"),
    ("a: !socket {bind: '[127.0.0.1]:80'}", "1:19", "is not an address"),
    ("a: !socket {bind: /" + "x" * 107 + "}", "1:19", "too long: expected at most 107 bytes"),
    ("a: !socket {bind: no/socket}", "1:4", "cannot bind 'no/socket': No such file or directory"),
    ("".join(f"- !fd {i}\n" for i in range(1, 4098)), "4097:3", "too many descriptors: expected at most 4096"),
]


class Configurations(harness.Test):
    def test_each_error(self) -> None:
        for config, position, sentence in ERRORS:
            with self.subTest(config[:60]):
                # Had the program been started, the status would be 0.
                result = self.run_program(config, "exit 0")
                self.assert_failure(result, f"cloudabi-run: stdin:{position}: ", sentence)
                self.assertEqual({p.name for p in self.folder.iterdir()}, {"program"})

    def test_position_names_the_file(self) -> None:
        path = self.folder / "c.yaml"
        path.write_text("x:\n - !foo 1\n")
        command = self.command("--config", "c.yaml", self.program("exit 0"))
        result = subprocess.run(command, capture_output=True, cwd=self.folder, check=False)
        self.assert_failure(result, "cloudabi-run: c.yaml:2:4: unknown tag '!foo'")

    def test_message_cannot_steer_the_terminal(self) -> None:
        result = self.run_program('!file {path: "\\e[2J\\n\\x07"}', "exit 0")
        self.assert_failure(result, "cannot open '?[2J??'")

    def test_earlier_errors_win_over_opening(self) -> None:
        # The first node cannot be opened, the last is malformed: nothing is opened before all is read.
        result = self.run_program("[!file {path: nothing}, !foo x]", "exit 0")
        self.assert_failure(result, "stdin:1:25: unknown tag")


class Commands(harness.Test):
    def run_command(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(self.command(*arguments), input=b"", capture_output=True, cwd=self.folder, check=False)

    def test_mistakes(self) -> None:
        for arguments, sentence in [
            ((), "no program named"),
            (("a", "b"), "more than one operand: a program's arguments come from its configuration"),
            (("--wrong",), "'--wrong' is an unknown option"),
            (("--config",), "without its value"),
            (("--check", "a"), "--check takes no program"),
            (("-e", "a"), "there is no mode without the sandbox here"),
            (("--config", "nothing", "a"), "cannot open the configuration 'nothing': No such file"),
            (("--config", ".", "a"), "cannot read the configuration '.': Is a directory"),
            (("nothing",), "nothing: cannot open the program: No such file or directory"),
            ((".",), ".: not a plain file: expected a CloudABI executable"),
        ]:
            with self.subTest(arguments):
                self.assert_failure(self.run_command(*arguments), sentence)

    def test_program_without_execute_permission(self) -> None:
        path = self.program("exit 0")
        path.chmod(0o644)
        self.assert_failure(self.run_command("./program"), "./program: not executable: ", "`chmod +x`")

    def test_missing_loader(self) -> None:
        self.program("exit 0")
        self.assert_failure(self.run_command("--loader", "nothing", "./program"), "nothing: cannot open the loader")

    def test_loader_that_is_no_executable(self) -> None:
        (self.folder / "loader").write_text("text")
        (self.folder / "loader").chmod(0o755)
        self.program("exit 0")
        result = self.run_command("--loader", "loader", "./program")
        self.assert_failure(result, "cannot start the loader: Exec format error")

    def test_help_and_version(self) -> None:
        result = self.run_command("--help")
        self.assertEqual((result.returncode, result.stderr), (0, b""))
        self.assertIn(b"Usage: cloudabi-run", result.stdout)
        result = self.run_command("--version")
        self.assertEqual((result.returncode, result.stderr), (0, b""))
        self.assertRegex(result.stdout, rb"^cloudabi-run [0-9]+\.[0-9]+\.[0-9]+\n$")


if __name__ == "__main__":
    harness.main()

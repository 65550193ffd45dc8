#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What a program receives for each kind of YAML node."""

from __future__ import annotations

import harness

# A sequence of one descriptor, to print to, and the value under test.
HEAD = "07 85 03 00 00 00 00"

# (YAML, encoding of the value)
VALUES = [
    ("", ""),
    ("!!null null", ""),
    ('!!null "~"', ""),
    ("null", "08 6e 75 6c 6c 00"),
    ("~", "08 7e 00"),
    ("8080", "08 38 30 38 30 00"),
    ("true", "08 74 72 75 65 00"),
    ("'é'", "08 c3 a9 00"),
    ("''", "08 00"),
    ("!!str", "08 00"),
    ("! 7", "08 37 00"),
    ('"a\\0b"', "08 61 00 62 00"),
    ("!!bool true", "02 01"),
    ('!!bool "false"', "02"),
    ("!!int 0", "05"),
    ("!!int -0", "05"),
    ("!!int 200", "05 00 c8"),
    ("!!int -200", "05 ff 38"),
    ("!!int 0010", "05 0a"),
    ("!!int 9223372036854775807", "05 7f ff ff ff ff ff ff ff"),
    ("!!int 9223372036854775808", "05 00 80 00 00 00 00 00 00 00"),
    ("!!int 18446744073709551615", "05 00 ff ff ff ff ff ff ff ff"),
    ("!!int -9223372036854775808", "05 80 00 00 00 00 00 00 00"),
    ("!!float 1.5", "04 3f f8 00 00 00 00 00 00"),
    ("!!float -25e-2", "04 bf d0 00 00 00 00 00 00"),
    ("!!float .inf", "04 7f f0 00 00 00 00 00 00"),
    ("!!float -.inf", "04 ff f0 00 00 00 00 00 00"),
    ("!!float 1", "04 3f f0 00 00 00 00 00 00"),
    ("!!binary 3q0=", "01 de ad"),
    ("!!binary ''", "01"),
    ('!!binary "AAEC\\n AwQ="', "01 00 01 02 03 04"),
    ("!!binary //8=", "01 ff ff"),
    ("!!timestamp 2020-01-01T00:00:00Z", "09 15 e5 9a 35 b9 8a 00 00"),
    ("!!timestamp 2020-01-01", "09 15 e5 9a 35 b9 8a 00 00"),
    ("!!timestamp 2020-01-01 02:30:00 +2:30", "09 15 e5 9a 35 b9 8a 00 00"),
    ("!!timestamp 1970-01-01T00:00:01.5Z", "09 59 68 2f 00"),
    ("!!timestamp 1969-12-31T23:59:59.999999999Z", "09 ff"),
    ("[]", "07"),
    ("{}", "06"),
    ("!!seq [!!int 1]", "07 82 05 01"),
    ("!!map {}", "06"),
    ("[!!null '', !!bool false, !!int -1]", "07 80 81 02 82 05 ff"),
    ("{port: !!int 8080, log: !fd 1}", "06 86 08 70 6f 72 74 00 83 05 1f 90 85 08 6c 6f 67 00 85 03 00 00 00 00"),
    ("{b: '', a: ''}", "06 83 08 62 00 82 08 00 83 08 61 00 82 08 00"),
    ("{!!int 1: '', '1': ''}", "06 82 05 01 82 08 00 83 08 31 00 82 08 00"),
    ("{[a]: b}", "06 85 07 83 08 61 00 83 08 62 00"),
]


def length(size: int) -> bytes:
    """A subfield's length: seven bits a byte, the last one marked."""
    digits = [size & 0x7F | 0x80]
    while size >= 0x80:
        size >>= 7
        digits.insert(0, size & 0x7F)
    return bytes(digits)


class Values(harness.Test):
    def received(self, config: str | bytes) -> bytes:
        result = self.run_program(config)
        self.assertEqual((result.returncode, result.stderr), (0, b""))
        return bytes.fromhex(result.stdout.splitlines()[-1].removeprefix(b"data ").decode())

    def test_each_value(self) -> None:
        for text, encoding in VALUES:
            with self.subTest(text):
                value = bytes.fromhex(encoding)
                expected = bytes.fromhex(HEAD) + length(len(value)) + value
                self.assertEqual(self.received(f"- !fd stdout\n- {text}\n").hex(" "), expected.hex(" "))

    def test_no_configuration_is_null(self) -> None:
        for text in ("", "\n\n", "# nothing\n", "---\n"):
            with self.subTest(text):
                result = self.run_program(text, "exit 5")
                self.assertEqual((result.returncode, result.stderr), (5, b""))

    def test_tags_of_the_original(self) -> None:
        config = "%TAG ! tag:nuxi.nl,2015:cloudabi/\n---\n[!fd stdout, !!map {}]\n"
        self.assertEqual(self.received(config).hex(" "), HEAD + " 81 06")

    def test_tag_written_out(self) -> None:
        config = "[!<tag:nuxi.nl,2015:cloudabi/fd> stdout, !<tag:yaml.org,2002:int> 3]"
        self.assertEqual(self.received(config).hex(" "), HEAD + " 82 05 03")

    def test_byte_order_mark(self) -> None:
        self.assertEqual(self.received(b"\xef\xbb\xbf[!fd stdout]").hex(" "), HEAD)

    def test_numbers_follow_first_appearance(self) -> None:
        config = "[!fd 2, !fd stdout, !fd stderr, !executable x, !fd 1, !executable ""]"
        data = self.run_program(config).stderr.splitlines()[-1].decode()
        self.assertEqual(data, "data 07" + "".join(f"85030000000{n}" for n in (0, 1, 0, 2, 1, 2)))

    def test_large_map(self) -> None:
        keys = "".join(f"k{i}: v\n" for i in range(20000))
        result = self.run_program(keys, "exit 0")
        self.assertEqual((result.returncode, result.stderr), (0, b""))


if __name__ == "__main__":
    harness.main()

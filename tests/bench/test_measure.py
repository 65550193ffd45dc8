#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The arithmetic and the table of the benchmarks, with numbers worked out by hand."""

from __future__ import annotations

import unittest

from measure import Row, busy_share, compare, quartiles, table


class Measure(unittest.TestCase):
    """From series to rows."""

    def test_quartiles(self) -> None:
        self.assertEqual(quartiles([5.0]), (5.0, 5.0, 5.0))
        self.assertEqual(quartiles([4.0, 1.0, 3.0, 2.0, 5.0]), (2.0, 3.0, 4.0))

    def test_disturbed_rounds_cancel_out(self) -> None:
        """Half of the rounds ten times slower for both: the ratio is still that of the quiet ones."""
        row = compare("g", "n", "ns", [11, 110, 11, 110], [10, 100, 10, 100], 1.1)
        self.assertEqual((row.ours, row.theirs), (60.5, 55.0))
        self.assertAlmostEqual(row.ratio or 0, 1.1)
        self.assertAlmostEqual(row.low or 0, 1.1)

    def test_a_ratio_needs_as_many_of_both(self) -> None:
        with self.assertRaises(ValueError):
            compare("g", "n", "ns", [1, 2], [1])

    def test_met(self) -> None:
        self.assertTrue(compare("g", "n", "ns", [3], [10], 0.3).met)
        self.assertFalse(compare("g", "n", "ns", [4], [10], 0.3).met)
        self.assertIsNone(compare("g", "n", "ns", [4], [10]).met)
        self.assertTrue(Row("g", "n", "KiB", 1024, target=1024).met)
        self.assertFalse(Row("g", "n", "KiB", 1025, target=1024).met)

    def test_table(self) -> None:
        rows = [compare("a call", "read", "ns", [30.0], [20.0], 1.1), Row("memory", "together", "KiB", 512, target=1024)]
        text = table(rows, {"a call": ("sandboxed", "native"), "memory": ("resident", "")})
        self.assertEqual(
            [line.split() for line in text.splitlines()],
            [
                ["a", "call", "sandboxed", "native", "ratio", "quartiles", "target"],
                ["read", "30.0", "20.0", "ns", "1.50", "1.50-1.50", "1.1", "MISSED"],
                [],
                ["memory", "resident", "ratio", "quartiles", "target"],
                ["together", "512.0", "KiB", "1024", "KiB", "met"],
            ],
        )

    def test_busy(self) -> None:
        self.assertTrue(0 <= busy_share(0.05) <= 1)


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: BSD-2-Clause
"""Writes the reference of the C library from the API table and the installed headers."""


class DocsError(Exception):
    """The facts contradict each other; the text says which, and where to mend it."""

# SPDX-License-Identifier: BSD-2-Clause
"""The porting assistant: what of a program's authority is ambient, found by building it."""


class PortError(Exception):
    """The assistant cannot go on; the text says why and how to mend it."""

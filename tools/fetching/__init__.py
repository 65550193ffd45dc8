# SPDX-License-Identifier: BSD-2-Clause
"""Fetching of third-party sources: lock file, private apt state, download cache, unpacking."""


class FetchError(Exception):
    """A failure whose text is one sentence for the user: what, where and how to mend it."""

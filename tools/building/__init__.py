# SPDX-License-Identifier: BSD-2-Clause
"""What ./build.sh does, once the packages are there."""


class BuildError(Exception):
    """A failed step; the text is for the user."""

# SPDX-License-Identifier: BSD-2-Clause
"""What ./build.sh does, once the packages are there."""


class BuildError(Exception):
    """A failed step; the text is for the user."""


class Explained(BuildError):
    """A failure whose sentence says it all; the log would add nothing."""

# SPDX-License-Identifier: BSD-2-Clause
"""Write the skeleton of a table of host calls: each call of the ABI with what it does, and nothing yet that serves it.

runtime/sandbox/seccomp.toml began as this. A port to another kernel begins with a fresh one; gen_seccomp.py refuses a
table in which a call is missing or still empty.
"""

from __future__ import annotations

from model import Abi

HEAD = """\
# SPDX-License-Identifier: BSD-2-Clause
#
# For each call of the ABI, the host calls that serve it. Made by abi/generate.py: a start, to be filled in.

[calls]
"""


def skeleton(abi: Abi) -> str:
    return HEAD + "".join(f"\n# {c.text}\n{c.name} = []\n" for c in abi.calls.values())

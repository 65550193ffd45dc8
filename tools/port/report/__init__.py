# SPDX-License-Identifier: BSD-2-Clause
"""The report in its four formats. Each is written as it is read, however much there is."""

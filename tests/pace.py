# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The clock of tests that let time pass: real time, at its own pace."""

import time

from ui.clock import Clock


class PaceClock(Clock):
    """The laptop's clock, with a steady one beside it for measuring."""

    def steady_ms(self) -> int:
        """Return milliseconds of a clock nobody can set, the same in every process."""
        return time.monotonic_ns() // 1_000_000

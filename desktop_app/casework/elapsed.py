# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""How long ago something was, on a laptop whose clock may have been wrong meanwhile."""

A_DAY_MS = 86_400_000
"""A day; so far ahead a clock may be that is only set differently: what it says was just now."""


def elapsed(at_ms: int, now_ms: int) -> int:
    """Return how many milliseconds ago something was done; 0 as when it was is never.

    So is what lies more than a day ahead: a clock was ahead then. Otherwise whatever is due again
    after a day would not be done, or said, for as long as that clock was ahead.
    """
    if at_ms > now_ms + A_DAY_MS:
        return now_ms
    return max(0, now_ms - at_ms)

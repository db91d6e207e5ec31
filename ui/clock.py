# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What time it is: the one place that asks the laptop's clock."""

from datetime import UTC, date, datetime


class Clock:
    """This laptop's clock. Tests hand in one of their own; nothing else ever asks the time."""

    def now(self) -> datetime:
        """Return local time without a zone, as people write it down."""
        return datetime.now(tz=UTC).astimezone().replace(tzinfo=None)

    def now_ms(self) -> int:
        """Return UTC milliseconds since 1970."""
        return int(datetime.now(tz=UTC).timestamp() * 1000)

    def today(self) -> date:
        """Return the local day."""
        return self.now().date()


def local(ms: int) -> datetime:
    """Return UTC milliseconds as local time without a zone."""
    return datetime.fromtimestamp(ms / 1000, tz=UTC).astimezone().replace(tzinfo=None)

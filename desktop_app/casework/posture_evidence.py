# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What may be evidence for more pressure, and what never is: the firewall around care work.

A worker is told more when what they hear is not turned against who told it. The guide allows more
pressure on somebody who does not engage, so attendance and its chain count; what was said in
confidence does not. Rules, each with a test:

* Whatever care work writes down may lead to more support at once.
* It is evidence for more pressure only if its own author said so, on it. Somebody else's yes counts
  for nothing, and neither does a yes beside a no.
* What not every partner may read is never evidence for more pressure: nobody could check it.
* A kind of record these rules do not know counts for nothing.
"""

from collections.abc import Iterable

from desktop_app.casework.audience import PARTNERS
from desktop_app.casework.records import Record

MAY_COUNT = "counts_for_pressure"
OPEN = frozenset({"arrest", "boundary", "chain_step", "decision", "notice", "police_contact"})
"""Kinds of records every partner writes or is told of for just this; they need no mark."""
MARKED = frozenset({"note"})
"""Kinds of records that count only where their author said so; an account of a visit never does."""


def counts_for_pressure(record: Record) -> bool:
    """Say whether a record may be evidence for more pressure."""
    if record.withdrawn is not None or record.audience != PARTNERS:
        return False
    return record.form in OPEN or (record.form in MARKED and released(record))


def released(record: Record) -> bool:
    """Say whether the author of a record said that it may count for more pressure.

    Only an answer from the laptop that made the record is its author's own.
    """
    said = [one for one in record.live if MAY_COUNT in one.answers]
    if not said or not record.trail:
        return False
    return all(one.feed == record.created[0] and one.answers[MAY_COUNT] == "yes" for one in said)


def may_count(records: Iterable[Record]) -> list[Record]:
    """Return those of some records that may be evidence for more pressure, earliest first."""
    return sorted((one for one in records if counts_for_pressure(one)), key=lambda one: one.id)

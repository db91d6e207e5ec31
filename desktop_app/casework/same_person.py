# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Whether two clients are one person: what was found, and whose files are therefore read as one.

A finding is a record of its own that names the two. Nothing of either file is moved: while "the
same person" stands their files are read together, and taken back, each is as it was. Rules, each
with a test:

* Findings are independent of each other, so the order in which a laptop hears of them makes no
  difference: one and two, two and three are one person of three files, and parting one from two
  leaves two and three.
* While two people have found different things of the same two clients, these stay apart: files
  that are not joined can be joined later; what was read in the wrong file cannot be unread.
* The person is shown under the oldest of their files that stands, the same on every laptop.
* Every finding, and the end of one, is an entry of the audit (DPA 2018 s.62(1)(e)).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from desktop_app.casework.audit import combination
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import WITHDRAWN, Edit, Record, RecordId, linked
from desktop_app.casework.words import _

FORM = "same_person"
SAME, DIFFERENT = "same", "different"
Pair = frozenset[RecordId]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of two clients: the one the record is about, and the other it names."""

    form: ClassVar[str] = FORM
    record: Record
    finding: str
    other: RecordId | None
    reason: str
    by: str
    found_on: date | None

    @property
    def pair(self) -> Pair:
        """Return the two; fewer where a client is named twice, or none."""
        return frozenset({self.record.client, *([self.other] if self.other else [])})


def findings(records: Iterable[Record]) -> list[Finding]:
    """Return what was found of two clients each and still stands, earliest first."""
    found = [one for one in read_all(Finding, records) if len(one.pair) == 2]
    return sorted(found, key=lambda one: (one.found_on or date.min, one.record.id))


def told_apart(found: Iterable[Finding]) -> set[Pair]:
    """Return the pairs somebody has found to be two people."""
    return {one.pair for one in found if one.finding == DIFFERENT}


def joined(found: Iterable[Finding]) -> set[Pair]:
    """Return the pairs that were found to be one person, by everybody who said anything."""
    held = list(found)
    return {one.pair for one in held if one.finding == SAME} - told_apart(held)


def people(clients: Collection[RecordId], found: Iterable[Finding]) -> list[frozenset[RecordId]]:
    """Return some clients, those together who are one person."""
    group = {one: {one} for one in clients}
    for pair in joined(found):
        if not pair <= group.keys():
            continue
        one, other = pair
        if group[one] is not group[other]:
            group[one] |= group[other]
            group.update(dict.fromkeys(group[other], group[one]))
    return [frozenset(some) for some in {id(some): some for some in group.values()}.values()]


def head_of(clients: Collection[RecordId], standing: Collection[RecordId]) -> RecordId:
    """Return whose file a person of several is shown under: the oldest of those that stand."""
    return min([one for one in clients if one in standing] or clients)


def entry(edit: Edit, held: Record | None, *, record: RecordId, at: str) -> Edit | None:
    """Return what the audit is to say of an edit of a finding; None for an edit that changes none.

    Args:
        edit: what is saved.
        held: the finding as it was; None for a new one.
        record: id of the new entry.
        at: local time to the minute, ISO.
    """
    whole = {**(held.answers if held is not None else {}), **edit.answers}
    other = linked(whole.get("other"))
    if other is None or edit.answers.keys().isdisjoint({"finding", "other", WITHDRAWN}):
        return None
    how = {(SAME, False): "merged", (SAME, True): "parted", (DIFFERENT, False): "told_apart"}
    return combination(
        how.get((str(whole.get("finding")), bool(whole.get(WITHDRAWN))), "other"),
        [edit.client, other],
        record=record,
        at=at,
        rule=_("Whoever compared the two files says so, and why, in a record of its own"),
    )

# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the client page asks the vault: the file whole, the past a page at a time.

Somebody with years of visits opens as quickly as somebody new: of what happens often only the
latest is read, of what says how somebody stands everything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from desktop_app.casework import one_visit
from desktop_app.casework.forms import forms
from desktop_app.casework.limits import limits
from desktop_app.casework.names import fold, full_name
from desktop_app.casework.one_visit import Pair
from desktop_app.casework.records import Record, RecordId, link, linked
from storage import ledger, reads, settlings
from storage.store import Store
from ui.clock import local
from ui.pages.client_next import LATE_DAYS
from ui.pages.client_timeline import ALERTS, ALL, WITHDRAWN, Accounts, by_visit, to_come

STANDS = (
    "alert",
    "arrest",
    "assignment",
    "boundary",
    "cohort",
    "decision",
    "need",
    "nomination",
    "notice",
    "posture",
    "reach",
    "release_plan",
    "removal",
    "scoring",
    "setting",
    "support",
    "treatment",
    "treatment_step",
)
"""Forms that say how somebody stands: all of their records are read."""
COMES = ("visit", "appointment")
"""Forms of which only what is near today can still be answered."""
AHEAD = 40
"""More plans than anybody has."""


@dataclass(frozen=True, slots=True)
class Past:
    """A part of what happened.

    Attributes:
        shown: the records, latest first.
        accounts: the accounts of the visits among them.
        more: whether there are older ones.
        offers: visits among them that may be one.
    """

    shown: tuple[Record, ...] = ()
    accounts: Accounts = field(default_factory=Accounts)
    more: bool = False
    offers: tuple[Pair, ...] = ()

    @property
    def records(self) -> list[Record]:
        """Return everything that is shown: the records, and what was told of visits among them."""
        told = (one for some in self.accounts.told.values() for one in some)
        return [*self.shown, *told, *self.accounts.correcting]


def standing(store: Store, client: RecordId, *, now: datetime) -> list[Record]:
    """Return the records that say how a client stands and what comes next, and the withdrawn."""
    since = (now.date() - timedelta(days=LATE_DAYS)).isoformat()
    return reads.standing(store, client, forms=STANDS, near=COMES, since=since)


def past(store: Store, client: RecordId, which: str, *, limit: int, now: datetime) -> Past:
    """Return what a filter of the timeline shows.

    Args:
        store: the vault.
        client: about whom.
        which: the filter.
        limit: how many at most.
        now: what is still to come is left out.
    """
    if which == WITHDRAWN:
        held = reads.records(store, client=client, withdrawn=True)
        found = [one for one in held if one.withdrawn is not None and one.form != "account"]
        more = False
    else:
        wanted = limit + AHEAD + 1
        held = reads.timeline(store, client, forms=_forms(which), limit=wanted)
        at = now.isoformat(timespec="minutes")[:16]
        found = [one for one in held if not to_come(one, at)]
        more = len(found) > limit or len(held) == wanted
    to = one_visit.joined(held)
    shown = tuple(one_visit.whole(found, to)[:limit])
    since = now.date() - timedelta(days=limits().twice.visit_days)
    asked = one_visit.pairs(shown, limits(), since=since)
    return Past(shown, by_visit(_accounts(store, client, shown, to), to), more, tuple(asked))


def namesakes(store: Store, client: Record) -> int:
    """Return how many other clients have this name."""
    name = fold(full_name(client.answers))
    return sum(fold(full_name(one.answers)) == name for one in reads.same_name(store, client))


def answered_twice(store: Store, client: RecordId) -> int:
    """Return how many of a client's records hold two answers, or one that is objected to."""
    held = [(one.client, one.id) for one in reads.conflicts(store)]
    held += [
        (one.client, linked(one.answers.get("of")) or b"") for one in settlings.objected(store)
    ]
    whose = store.whole(client) if held else ()
    return len({record for of, record in held if of in whose})


def unsent(store: Store) -> frozenset[RecordId]:
    """Return the records with changes that have not left this laptop."""
    return frozenset(one.record for _seq, changes in ledger.pending(store) for one in changes)


def _forms(which: str) -> list[str]:
    if which == ALERTS:
        return ["alert"]
    return [
        name
        for name, form in forms().items()
        if form.lane and name != "client" and which in (ALL, form.lane)
    ]


def _accounts(
    store: Store,
    client: RecordId,
    shown: tuple[Record, ...],
    to: Mapping[RecordId, RecordId],
) -> list[Record]:
    """Return the accounts of the visits shown; none is written before its visit was."""
    made = [one.id for one in shown if one.form == "visit"]
    made += [second for second, first in to.items() if first in made]
    if not made:
        return []
    earliest = local(int.from_bytes(min(made)[:6], "big"))
    since = (earliest - timedelta(days=2)).date().isoformat()
    return reads.accounts(store, client, of=frozenset(map(link, made)), since=since)

# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Withdrawn here, written on there: two who had not heard of each other, and a person decides.

A withdrawn record keeps what was written on it meanwhile, and a withdrawn client what was written
about them; but neither is shown where anybody would look. Rules, each with a test:

* Every laptop says so when it hears of it, in whichever order the two arrive.
* It is kept in mind until the record is brought back, or somebody lets it be.
* Brought back, it comes with whatever was withdrawn with it about the same client: a change like
  any other, which everybody gets.
* Whoever brought it back without having heard of another who withdrew it anew went on as well.
* What its author had seen when they withdrew it is nobody's later work, and is not told.
* Who may not write such a record is not asked about it.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from desktop_app.casework.audience import AUDIT, may_write
from desktop_app.casework.forms import forms
from desktop_app.casework.records import WITHDRAWN, Dot, Edit, Live, Record, link, linked
from desktop_app.casework.words import ngettext
from storage import ledger, reads
from storage.store import Store
from sync.knowing import knew, saw_by
from sync.outcome import author_of
from sync.seat import Seat, seat_of

KEPT = "sync.crossed"
"""Setting inside the vault: ids of the records nobody has decided about, in hex."""
MOST = 5_000
"""Records looked at after an exchange; who takes in more reads an old story, not this week's."""


@dataclass(frozen=True, slots=True)
class Crossed:
    """A withdrawn record that somebody went on from.

    Attributes:
        record: the record.
        by: who withdrew it.
        people: who went on from it.
        since: what they wrote about a client, by form; nothing of another record.
        with_it: what was withdrawn with it, and would come back with it.
    """

    record: Record
    by: str
    people: tuple[str, ...]
    since: Mapping[str, int] = field(default_factory=dict)
    with_it: tuple[Record, ...] = ()

    @property
    def edits(self) -> list[Edit]:
        """Return what brings it back."""
        return [
            Edit(one.form, one.id, one.client, one.audience, {WITHDRAWN: None})
            for one in (self.record, *self.with_it)
        ]


def heed(store: Store, seat: Seat, touched: Collection[bytes]) -> list[str]:
    """Look through what an exchange touched, keep what was found in mind, and say it.

    Inside a transaction of the caller.
    """
    if len(touched) > MOST:
        return []
    gone = reads.withdrawn(store, touched)
    new = [
        one.id for one in gone if _crossed(store, seat, one) and link(one.id) not in _kept(store)
    ]
    if not new:
        return []
    store.put(KEPT, [*_kept(store), *map(link, new)])
    words = ngettext(
        "%(n)d record was withdrawn while somebody wrote on it. Nothing of it is lost. The "
        "coordinator decides whether it comes back: on Import, under Take one back.",
        "%(n)d records were withdrawn while somebody wrote on them. Nothing of them is lost. The "
        "coordinator decides whether they come back: on Import, under Take one back.",
        len(new),
    )
    return [words % {"n": len(new)}]


def crossed(store: Store) -> list[Crossed]:
    """Return what nobody has decided about yet, the latest first."""
    seat = seat_of(store)
    if seat is None:
        return []
    held = (store.record(linked(one) or b"") for one in reversed(_kept(store)))
    found = (_crossed(store, seat, one) for one in held if one is not None)
    return [one for one in found if one is not None]


def let_be(store: Store, record: bytes) -> None:
    """Leave a record withdrawn, and ask no more."""
    with store.transaction():
        store.put(KEPT, [one for one in _kept(store) if one != link(record)])


def _kept(store: Store) -> list[str]:
    kept = store.get(KEPT)
    return [one for one in kept if isinstance(one, str)] if isinstance(kept, list) else []


def _crossed(store: Store, seat: Seat, record: Record) -> Crossed | None:
    """Return who went on from a withdrawn record, unseen by whoever withdrew it."""
    back = next((one for one in record.live if one.answers.get(WITHDRAWN)), None)
    if back is None or record.withdrawn is None or not _may_write(seat, record):
        return None
    if record.form == "client" and (found := _about_client(store, seat, record, back)):
        return found
    dot = Dot(back.feed, back.seq, back.idx)
    others = [one for one in record.live if not one.answers.get(WITHDRAWN)]
    saw = saw_by(store, seat, dot, {one.feed for one in others}) if others else None
    if saw is None:
        return None
    unseen = [one for one in others if not knew(dot, Dot(one.feed, one.seq, one.idx), saw)]
    if not unseen:
        return None
    people = dict.fromkeys(_who(store, seat, one) for one in unseen)
    return Crossed(record, _who(store, seat, back), tuple(people))


def _about_client(store: Store, seat: Seat, client: Record, back: Live) -> Crossed | None:
    """Return what stands about a withdrawn client whom nobody would find any more."""
    if len(store.whole(client.id)) > 1:
        return None  # shown with the other files of the same person
    about = reads.records(store, client=client.id, withdrawn=True)
    others = [one for one in about if one.form != "client" and one.audience != AUDIT]
    stand = [one for one in others if one.withdrawn is None]
    if not stand:
        return None
    place = (back.feed, back.seq)
    return Crossed(
        client,
        _who(store, seat, back),
        tuple(dict.fromkeys(seat.team.name_of(one.author) for one in stand)),
        Counter(one.form for one in stand),
        tuple(
            one
            for one in others
            if _may_write(seat, one)
            and any(
                (each.feed, each.seq) == place and WITHDRAWN in each.answers for each in one.live
            )
        ),
    )


def _may_write(seat: Seat, record: Record) -> bool:
    known, me = forms().get(record.form), seat.team.persons.get(seat.person)
    return known is not None and me is not None and may_write(known, me.roles)


def _who(store: Store, seat: Seat, live: Live) -> str:
    feed = ledger.feeds(store).get(live.feed)
    return author_of(seat.team, feed.device if feed else b"").person

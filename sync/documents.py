# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Taking in and sending out the team's documents: rosters and circles.

Rules, each with a test:

* A laptop that trusts roster n takes n + 1, then n + 2, each checked against the one before, and
  no other. A new laptop takes the newest that the six words answer for.
* What a second, different roster of a number that was taken means, `rivals` says.
* A newer roster this laptop cannot open means that it was taken out of the team: see `shut_out`.
* A new circle opens what was unreadable before; those audiences are made anew as well.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from desktop_app.casework.audience import AUDIENCES
from desktop_app.casework.words import _
from storage import ledger
from storage.store import Store
from sync import circle as circles
from sync import places
from sync.carry import Looked
from sync.circle import Circle
from sync.envelope import Signed, disclose, enclose
from sync.identity import genesis
from sync.join import joined, read_invitation
from sync.reasons import Reason, SetAside
from sync.rivals import fell_with, meet, settles
from sync.roster import Roster, read_roster, verify_next
from sync.seals import Random
from sync.seat import (
    SUSPENDED,
    Seat,
    begin_feed,
    identity_of,
    keep_circle,
    keep_keys,
    keep_roster,
    roster_about,
    seat,
    seat_of,
)
from sync.shut_out import is_shut_out, note_closed, shut_out_words
from sync.team import Chain
from sync.trust import trust

Files = Iterable[tuple[str, bytes]]


@dataclass(slots=True)
class Taken:
    """What came of the documents found on the share.

    Attributes:
        seat: this laptop's seat afterwards; None while it has not joined.
        notes: what a person should be told.
        anew: audiences whose records must be made anew; None for all of them.
        succeeds: whether this laptop became the coordinator's.
    """

    seat: Seat | None
    notes: list[str] = field(default_factory=list)
    anew: set[str] | None = field(default_factory=set)
    succeeds: bool = False


def take_documents(
    store: Store, found: Looked, *, now_ms: int, random: Random, stick: bool = False
) -> Taken:
    """Take in what was found on the share; inside a transaction of the caller.

    Args:
        store: the vault.
        found: the lists of people and the keys of audiences.
        now_ms: UTC milliseconds.
        random: gives random bytes.
        stick: whether they were found elsewhere than in the team's own folder.
    """
    rosters = found.rosters
    taken = Taken(seat_of(store))
    if taken.seat is None:
        taken.seat = _finish_joining(store, rosters, random=random)
    if taken.seat is not None:
        closed = _take_rosters(store, taken, rosters, now_ms=now_ms, random=random)
        note_closed(store, closed, stick=stick)
        if is_shut_out(store, taken.seat):
            taken.notes.append(shut_out_words())
        _take_circles(store, taken, found.circles)
    return taken


def publish_roster(
    store: Store, team: bytes, document: Signed, roster: Roster, *, random: Random
) -> None:
    """Keep a roster this laptop signed, and send it."""
    raw = enclose(document, roster_about(team), roster.recipients(), random=random)
    keep_roster(store, roster, document, raw)
    ledger.put_outbox(store, places.roster_path(team, roster.n, document.id), raw)


def publish_circle(
    store: Store, chain: Chain, document: Signed, circle: Circle, *, random: Random
) -> None:
    """Keep a circle this laptop signed, and send it."""
    about = circles.about(chain.team, circle.audience)
    raw = enclose(document, about, circles.recipients(chain.roster, circle), random=random)
    keep_circle(store, circle, document, raw)
    folder = places.circle_folder(chain.team, chain.roster.name_key, circle.audience)
    ledger.put_outbox(store, f"{folder}/{places.document_name(circle.n, document.id)}", raw)


def not_ours(store: Store) -> set[str]:
    """Return the documents that were looked at and are for other laptops."""
    kept = store.get("sync.not_ours")
    return {str(one) for one in kept} if isinstance(kept, list) else set()


def _finish_joining(store: Store, rosters: Files, *, random: Random) -> Seat | None:
    me, raw = identity_of(store), ledger.key(store, "invitation")
    if me is None or raw is None:
        return None
    invitation = read_invitation(raw, now_ms=0)
    for _path, found in sorted(rosters, reverse=True):
        try:
            document = disclose(found, roster_about(invitation.team), me)
            roster = joined(document, invitation, me) if document else None
        except SetAside:
            continue
        if document is None or roster is None:
            continue
        ledger.put_key(store, "team", invitation.team)
        keep_roster(store, roster, document, found)
        chain = Chain(invitation.team, document, roster)
        taken = seat(store, me, chain)
        began = genesis(me.device, random)
        begin_feed(store, me, invitation.team, taken.person, began=began)
        ledger.drop_key(store, "invitation")
        return taken
    return None


def _take_rosters(
    store: Store, taken: Taken, rosters: Files, *, now_ms: int, random: Random
) -> int:
    """Take in lists of people; return the number of the newest that cannot be opened, or 0."""
    passed, closed = not_ours(store), 0
    for path, raw in sorted(rosters):
        held = taken.seat
        number = places.numbered(path.rpartition("/")[2])
        if held is None or number is None:
            continue
        try:
            document = disclose(raw, roster_about(held.chain.team), held.me)
            if document is None:
                closed = max(closed, number[0])
            elif document.id != held.chain.document.id:
                _take_roster(store, taken, held, document, raw, now_ms=now_ms, random=random)
            if number[0] <= held.roster.n:
                passed.add(path)
        except SetAside as refused:
            if refused.reason not in (Reason.GAP, Reason.INCOMPLETE):
                taken.notes.append(
                    _("A list of people in the team folder is not in order and was not taken. %s")
                    % refused
                )
    store.put("sync.not_ours", [*sorted(passed)])
    return closed


def _take_roster(
    store: Store,
    taken: Taken,
    held: Seat,
    document: Signed,
    raw: bytes,
    *,
    now_ms: int,
    random: Random,
) -> None:
    """Go by the next list, or by what another list means."""
    new, trusted = read_roster(document), held.chain.document
    if new.n == held.roster.n + 1 and trusted.id in (new.prev, *new.also):
        roster = verify_next(trusted, document)
        doubt = ledger.key(store, SUSPENDED) is not None
        if not settles(store, held, document, roster):
            return
        keep_roster(store, roster, document, raw)
        chain = Chain(held.chain.team, document, roster)
        seat, cut = trust(store, held, chain, now_ms=now_ms, random=random)
        anew = cut or doubt
    else:
        seat, said = meet(store, held, document, raw, now_ms=now_ms, random=random)
        taken.notes, anew = [*taken.notes, *said], seat is not held
    taken.seat, taken.anew = seat, None if anew else taken.anew
    mine, now = held.me.device, seat.roster.coordinators
    taken.succeeds |= mine in now and mine not in held.roster.coordinators


def _take_circles(store: Store, taken: Taken, files: Files) -> None:
    held = taken.seat
    if held is None:
        return
    chain, passed = held.chain, not_ours(store)
    folders = {
        places.circle_folder(chain.team, chain.roster.name_key, audience): audience
        for audience in AUDIENCES
    }
    opened: set[str] = set()
    for path, raw in sorted(files):
        audience = folders.get(path.rpartition("/")[0])
        if audience is None:
            continue
        document: Signed | None = None
        try:
            document = disclose(raw, circles.about(chain.team, audience), held.me)
            if document is None:
                passed.add(path)
                continue
            one = circles.read_circle(document, chain.roster, team=chain.team, audience=audience)
        except SetAside as refused:
            fell = document and fell_with(store, held, document, audience)
            if fell:
                keep_keys(store, audience, fell.by_id())
                opened.add(audience)
            elif refused.reason is not Reason.INCOMPLETE:
                taken.notes.append(_("The keys of an audience are not in order. %s") % refused)
            continue
        keep_circle(store, one.circle, document, raw)
        if one.circle.by_id().keys() - held.section_keys.keys():
            opened.add(audience)
    store.put("sync.not_ours", [*sorted(passed)])
    if taken.anew is not None:
        taken.anew |= opened & ledger.unread_audiences(store)
    taken.seat = seat(store, held.me, chain)

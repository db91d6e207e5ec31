# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Two lists of people under one number: what holds until the keepers decide.

A coordinator's laptop was copied, or stolen, or lies. Rules, each with a test:

* A list the root keys signed outranks one that only a coordinator signed, whichever came first;
  what was built on the other falls with it.
* Of two that only a coordinator signed, nobody whom either lets in counts, and everybody whom
  either takes out is out; the same on every laptop that has seen both.
* So it stays until the root keys sign the next list. Meanwhile the coordinator changes nothing.
* What came from laptops that do not count is set aside, never lost: it is tried again when they do.
* Both lists are kept and put back on the share, as evidence, and so are the keys that came with
  the one that does not count: what honest people sealed with them stays to be read by everybody.
* Who is in again, because the list that took them out does not count, is said by name.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import msgspec

from desktop_app.casework.elapsed import A_DAY_MS
from desktop_app.casework.words import _, ngettext
from storage import ledger
from storage.ledger import Document
from storage.lists import move_document
from storage.store import Store
from sync import circle as circles
from sync.circle import Circle
from sync.envelope import Signed, disclose
from sync.outcome import author_of
from sync.reasons import SetAside
from sync.roster import (
    HEARTBEAT_DAYS,
    Member,
    Roster,
    Spell,
    body_of,
    by_root,
    read_roster,
    verify_next,
)
from sync.seals import Random
from sync.seat import RIVAL, ROSTER, SUSPENDED, Seat, keep_keys, keep_roster, roster_about
from sync.team import Chain
from sync.trust import trust, without_strangers


@dataclass(frozen=True, slots=True)
class Rivals:
    """Lists under one number, the one that counts here first, and the one all of them follow."""

    base: Roster
    lists: tuple[Roster, ...]
    ids: tuple[bytes, ...]


def meet(
    store: Store, held: Seat, document: Signed, raw: bytes, *, now_ms: int, random: Random
) -> tuple[Seat, list[str]]:
    """Go by what another list means; return the seat it gives, and what to tell.

    Nothing comes of a list that follows none this laptop knows.

    Raises:
        SetAside: it is not in order.
    """
    new, kept, others = read_roster(document), _opened(store, held, ROSTER), _rivals(store, held)
    follows = (one for one in (new.prev, *new.also) if one in kept or one in others)
    before = next(follows, None)
    if before is None:
        return held, []
    previous = kept.get(before) or others[before]
    verify_next(previous, document)
    for one in (held.roster, new):
        keep_keys(store, "", one.keys())
    since = _parted(kept, {**others, document.id: document}, document)
    ours, theirs = _by_root(kept, since), by_root(read_roster(previous), document, new)
    if theirs and not ours:
        _set_down(store, since)
        _keep_branch(store, others, before)
        keep_roster(store, new, document, raw)
        chain = Chain(held.chain.team, document, new)
        after = _go_by(store, held, chain, now_ms=now_ms, random=random)
        return after, [_words_of_keepers(), *back_in(store, after, now_ms=now_ms)]
    ledger.put_document(store, Document(RIVAL, new.n, document.id, raw))
    if ours and not theirs:
        return held, [_words_of_coordinator(), *back_in(store, held, now_ms=now_ms)]
    base = kept[next(one for one in _back(others, document) if one in kept)]
    effective = combined(read_roster(base), (held.roster, new))
    ledger.put_key(store, SUSPENDED, body_of(effective))
    chain = Chain(held.chain.team, held.chain.document, effective)
    return _go_by(store, held, chain, now_ms=now_ms, random=random), [_words_of_doubt()]


def rivals(store: Store, held: Seat) -> Rivals | None:
    """Return the lists that wait for the keepers' decision; None when there are none."""
    if ledger.key(store, SUSPENDED) is None:
        return None
    kept, others = _opened(store, held, ROSTER), _rivals(store, held)
    parted = [(one, others[one]) for one in others if read_roster(others[one]).prev in kept]
    if not parted:
        return None
    base = read_roster(kept[read_roster(parted[0][1]).prev])
    ends = set(others) - {read_roster(one).prev for one in others.values()}
    lists = [read_roster(held.chain.document), *(read_roster(others[one]) for one in sorted(ends))]
    return Rivals(base, tuple(lists), (held.chain.document.id, *sorted(ends)))


def back_in(store: Store, held: Seat, *, now_ms: int) -> list[str]:
    """Say who is in the team although a list that does not count had taken them out, for a while.

    A lost laptop may be among them; or whoever signed that list had no good reason.
    """
    since = now_ms - HEARTBEAT_DAYS * A_DAY_MS
    fell = [read_roster(one) for one in _rivals(store, held).values()]
    out = {one.id for each in fell if each.ts >= since for one in each.devices if not one.active}
    back = [one.id for one in held.roster.devices if one.active and one.id in out]
    if not back:
        return []
    words = ngettext(
        "The list of people that does not count had taken a laptop out, which is in the team "
        "again: %(who)s. If it is lost, the coordinator takes it out once more.",
        "The list of people that does not count had taken laptops out, which are in the team "
        "again: %(who)s. If they are lost, the coordinator takes them out once more.",
        len(back),
    )
    return [words % {"who": ", ".join(author_of(held.team, one).words for one in back)}]


def fell_with(store: Store, held: Seat, document: Signed, audience: str) -> Circle | None:
    """Return a circle that somebody signed who led its audience by a list that does not count.

    Nobody writes with its key any more; what was sealed with it is still to be read.
    """
    for other in _rivals(store, held).values():
        roster, team = read_roster(other), held.chain.team
        with suppress(SetAside):
            return circles.read_circle(document, roster, team=team, audience=audience).circle
    return None


def settles(store: Store, held: Seat, document: Signed, roster: Roster) -> bool:
    """Say whether a next list may be taken: while two are in doubt, only one by the root keys."""
    trusted = read_roster(held.chain.document)
    return ledger.key(store, SUSPENDED) is None or by_root(trusted, document, roster)


def combined(base: Roster, lists: Sequence[Roster], let_in: Iterable[int] = ()) -> Roster:
    """Return a list with what any of some lists takes away, and what the chosen ones add.

    Args:
        base: the list they follow.
        lists: the lists; the first counts for all else.
        let_in: which of them, by their place, are to add somebody.
    """
    adds = [lists[at] for at in let_in]
    keys = dict.fromkeys(base.team_keys)
    for one in (*lists, lists[0], *adds):
        for key in one.team_keys:
            if key not in base.team_keys:
                keys.pop(key, None)
                keys[key] = None
    devices = {
        one.id: msgspec.structs.replace(
            one, active=all((d := each.device(one.id)) and d.active for each in lists)
        )
        for one in base.devices
    }
    persons = {one.id: _person(one, lists, adds) for one in base.persons}
    for each in adds:
        devices |= {one.id: one for one in each.devices if one.id not in devices}
        persons |= {one.id: one for one in each.persons if one.id not in persons}
    return msgspec.structs.replace(
        lists[0],
        devices=tuple(devices.values()),
        persons=tuple(persons.values()),
        team_keys=tuple(keys),
        cutoffs=tuple(dict.fromkeys(cut for each in lists for cut in each.cutoffs)),
        waivers=tuple(dict.fromkeys(one for each in lists for one in each.waivers)),
        rulings=tuple(dict.fromkeys(one for each in lists for one in each.rulings)),
    )


def _person(base: Member, lists: Sequence[Roster], adds: Sequence[Roster]) -> Member:
    said = [found for each in lists if (found := each.person(base.id))]
    added = [found for each in adds if (found := each.person(base.id))]
    roles = []
    for at, spell in enumerate(base.roles):
        ends = [one.roles[at].until for one in said if at < len(one.roles)]
        roles.append(Spell(spell.role, spell.since, min((n for n in ends if n), default=0)))
    more = {spell: None for one in added for spell in one.roles[len(base.roles) :]}
    lost = {name for one in said for name in set(base.audiences) - set(one.audiences)}
    new = {name for one in added for name in set(one.audiences) - set(base.audiences)}
    return msgspec.structs.replace(
        base,
        active=base.active and all(one.active for one in said),
        roles=(*roles, *more),
        audiences=tuple(sorted((set(base.audiences) - lost) | new)),
    )


def _go_by(store: Store, held: Seat, chain: Chain, *, now_ms: int, random: Random) -> Seat:
    after, _anew = trust(store, held, chain, now_ms=now_ms, random=random)
    without_strangers(store, chain, now_ms=now_ms)
    return after


def _opened(store: Store, held: Seat, kind: str) -> dict[bytes, Signed]:
    about = roster_about(held.chain.team)
    opened = (disclose(one.raw, about, held.me) for one in ledger.documents(store, kind))
    return {one.id: one for one in opened if one is not None}


def _rivals(store: Store, held: Seat) -> dict[bytes, Signed]:
    """Return the lists this laptop does not go by, by their ids."""
    return _opened(store, held, RIVAL)


def _back(others: Mapping[bytes, Signed], document: Signed) -> Iterator[bytes]:
    """Yield what a list follows, back to before the two parted."""
    at: Signed | None = document
    while at is not None:
        before = read_roster(at).prev
        yield before
        at = others.get(before)


def _parted(kept: Mapping[bytes, Signed], others: Mapping[bytes, Signed], document: Signed) -> int:
    """Return the number under which a list, or one it follows, stands beside one gone by here."""
    common = next((one for one in _back(others, document) if one in kept), None)
    return read_roster(kept[common]).n + 1 if common else read_roster(document).n


def _by_root(kept: Mapping[bytes, Signed], since: int) -> bool:
    """Say whether the root keys signed any list this laptop went by from some number on."""
    for document in kept.values():
        roster = read_roster(document)
        before = kept.get(roster.prev)
        if roster.n >= since and before and by_root(read_roster(before), document, roster):
            return True
    return False


def _set_down(store: Store, since: int) -> None:
    """Keep the lists from a number on as rivals only: this laptop no longer goes by them."""
    for one in ledger.documents(store, ROSTER):
        if one.n >= since:
            move_document(store, one, RIVAL)


def _keep_branch(store: Store, others: Mapping[bytes, Signed], end: bytes) -> None:
    """Go by the lists that lead to one the keepers signed."""
    branch = {end, *(_back(others, others[end]) if end in others else ())}
    for one in ledger.documents(store, RIVAL):
        if one.id in branch:
            move_document(store, one, ROSTER)


def _words_of_keepers() -> str:
    return _(
        "Two lists of people with the same number exist. The keepers signed one of them: it counts "
        "from now on, and what followed the other does not."
    )


def _words_of_coordinator() -> str:
    return _(
        "A second list of people was found that no keeper signed. It does not count. The "
        "coordinator's laptop may be in the wrong hands: ask them."
    )


def _words_of_doubt() -> str:
    return _(
        "Two different lists of people with the same number exist. Until two keepers decide, "
        "whoever either lets in does not count yet, and whoever either takes out is out. Nothing "
        "is lost. Please tell the coordinator and a keeper."
    )

# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The content of letters and pictures: locked in parts, and carried beside the bundles.

    content = parts of 1 MiB, the last padded
    part    = nonce (24) | lock(the attachment's own key, bytes)
    name    = hash of the part, so that anybody can check it without a key

Rules, each with a test:

* Every attachment has a random key of its own. It stands in the record and nowhere else: who holds
  the record's audience can read the content, and when the record is erased nobody can.
* A part is bound to its record, its place and whether it is the last: none fits elsewhere.
* The record and all its parts are kept in one transaction.
* Whoever holds a part the share lacks puts it there; a few are looked at each time, and altered
  ones replaced.
* Of what was erased, whoever takes that in empties the parts on the share. It is done once; a few
  are looked at each time, and emptied again where somebody put one back.
* Parts that are missing are fetched in portions; what came is kept, whatever happens next. One
  that is not as its name says is left alone.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from struct import Struct

from msgspec.structs import replace

from desktop_app.casework.attachments import CONTENT, LARGEST, PART, Content, content_of, too_large
from desktop_app.casework.records import Edit, Record
from storage import ledger, parts
from storage.store import Saved, Store
from sync import places
from sync.listing import listed
from sync.seals import KEY, NONCE, TAG, NotOpened, Random, digest, lock, padded_size, unlock
from sync.share import Share

LARGEST_PART = NONCE + TAG + padded_size(PART)
PORTION = 32 << 20
LOOKED_AT = 2
_PLACE = Struct("<IB")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of a portion: the parts that came, and those that were looked for."""

    parts: tuple[tuple[bytes, bytes], ...] = ()
    tried: frozenset[bytes] = frozenset()


def attach(store: Store, edit: Edit, content: bytes, *, now_ms: int, random: Random) -> Saved:
    """Save a new attachment: its record, and its content in parts, all or nothing.

    Raises:
        NotTaken: it is too large.
        CaseworkError: as `Store.save`.
    """
    if not 0 < len(content) <= LARGEST:
        raise too_large()
    key = random(KEY)
    pieces = sealed(content, key, record=edit.record, random=random)
    where = Content(len(content), key, tuple(id_ for id_, _raw in pieces))
    with store.transaction():
        parts.put(store, pieces)
        answers = {**edit.answers, CONTENT: where.answer()}
        return store.save([replace(edit, answers=answers)], now_ms=now_ms)


def content(store: Store, record: Record) -> bytes | None:
    """Return the content of an attachment; None while a part of it is on its way.

    Raises:
        NotOpened: the record is not about these parts.
    """
    where = content_of(record)
    if where is None:
        raise NotOpened
    pieces = [parts.get(store, one) for one in where.parts]
    found = [one for one in pieces if one is not None]
    if len(found) < len(pieces):
        return None
    last = len(found) - 1
    plain = b"".join(
        unlock(where.key, raw, bound_to=_bound_to(record.id, place, last=place == last))
        for place, raw in enumerate(found)
    )
    if len(plain) < where.size or any(plain[where.size :]):
        raise NotOpened
    return plain[: where.size]


def sealed(
    content: bytes, key: bytes, *, record: bytes, random: Random
) -> list[tuple[bytes, bytes]]:
    """Return content as parts: their ids and bytes, in order."""
    starts = range(0, len(content), PART)
    made = []
    for place, start in enumerate(starts):
        piece = content[start : start + PART]
        plain = piece.ljust(padded_size(len(piece)), b"\0")
        bound_to = _bound_to(record, place, last=place == len(starts) - 1)
        raw = lock(key, plain, bound_to=bound_to, nonce=random(NONCE))
        made.append((digest(b"tandem-part", raw), raw))
    return made


# The vault's side of an exchange


def put_back(
    store: Store, team: bytes, there: Collection[bytes] | None, damaged: Collection[str]
) -> None:
    """Put the parts the share lacks, or holds altered, in the outbox, a portion at a time.

    Args:
        store: the vault.
        team: the team's id.
        there: the parts on the share; None when nobody looked.
        damaged: paths of what is altered.
    """
    if there is None:
        return
    size = 0
    for id_ in sorted(parts.held(store)):
        path = places.part_path(team, id_)
        if id_ in there and path not in damaged:
            continue
        raw = parts.get(store, id_)
        if raw is None or size > PORTION:
            break
        ledger.put_outbox(store, path, raw)
        size += len(raw)


def empty(store: Store, team: bytes, damaged: Collection[str]) -> None:
    """Have the parts of what was erased emptied on the share.

    Args:
        store: the vault.
        team: the team's id.
        damaged: paths of what is there and should be empty, among others.
    """
    paths = {places.part_path(team, id_): (id_, to_do) for id_, to_do in parts.gone(store).items()}
    some = {path: id_ for path, (id_, to_do) in paths.items() if to_do or path in damaged}
    for path in some:
        ledger.put_outbox(store, path, b"")
    if some:
        parts.emptied(store, some.values())


def to_check(store: Store, team: bytes, *, random: Random) -> dict[str, bytes]:
    """Return a few parts whose files are to be looked at, with the hash they must have."""
    mine = sorted(parts.held(store))
    some = {mine[int.from_bytes(random(4), "big") % len(mine)] for _ in range(LOOKED_AT) if mine}
    found = {places.part_path(team, id_): parts.get(store, id_) for id_ in some}
    gone = [id_ for id_, to_do in parts.gone(store).items() if not to_do]
    some = {gone[int.from_bytes(random(4), "big") % len(gone)] for _ in range(LOOKED_AT) if gone}
    found |= {places.part_path(team, id_): b"" for id_ in some}
    return {path: digest(b"tandem-file", raw) for path, raw in found.items() if raw is not None}


def keep(store: Store, fetched: Fetched) -> set[bytes]:
    """Keep what came; return the ids of the records that wait for less now."""
    waited = parts.missing(store)
    parts.put(store, fetched.parts)
    return {waited[id_] for id_, _raw in fetched.parts if id_ in waited}


# The share's side


def on_share(share: Share, team: bytes) -> frozenset[bytes]:
    """Return the ids of the parts that lie on the share."""
    names = listed(share, places.parts_folder(team))
    return frozenset(id_ for id_ in map(places.part_id, names) if id_)


def fetch(share: Share, team: bytes, wanted: Iterable[bytes]) -> Fetched:
    """Fetch parts, up to a portion; those that are not as their names say are left alone."""
    came: list[tuple[bytes, bytes]] = []
    tried: set[bytes] = set()
    size = 0
    for id_ in sorted(wanted):
        if size > PORTION:
            break
        tried.add(id_)
        raw = share.get(places.part_path(team, id_), limit=LARGEST_PART)
        if raw is not None and digest(b"tandem-part", raw) == id_:
            came.append((id_, raw))
            size += len(raw)
    return Fetched(tuple(came), frozenset(tried))


def _bound_to(record: bytes, place: int, *, last: bool) -> bytes:
    return b"tandem/part/1\0" + record + _PLACE.pack(place, last)

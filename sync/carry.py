# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Carrying: files between this laptop and the share, without looking into them.

Runs away from the vault's thread: a slow or dead share must never keep anybody from saving. What
to do is an `Errand`, a value the vault's side made; what was found is a value too. Rules, each
with a test:

* The lists of people and keys are read before anything is sealed, everything else after.
* A share that takes nothing is still read; what could not be sent waits in the outbox.
* Before a laptop is in the team it fetches no bundles: it could read none.
* One file that cannot be read now is left for next time; it stops nothing.
* Listings may be late, out of order or twice over.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from desktop_app.casework.errors import CaseworkError
from sync import places
from sync.envelope import LARGEST as LARGEST_DOCUMENT
from sync.fetching import Portion, Source, wanted_of
from sync.join import LARGEST as LARGEST_REQUEST
from sync.listing import listed
from sync.packs import Clearing, Found, clear, is_whole, look_at_packs
from sync.parts import on_share
from sync.seals import digest
from sync.share import Share, ShareNotWritable
from sync.wire import LARGEST_FILE

PORTION = 4 << 20
"""When so many bytes were read, the rest is fetched later: a large pack at a time."""
AT_ONCE = 200
RECENT = 8
"""So far back a second list of people under one number is looked for."""
MOST_OWN = 64
MOST_REQUESTS = 64
Progress = Callable[[int, int], None]
"""Told how many files are done, and of how many."""
Cancelled = Callable[[], bool]


def nothing_to_tell(_done: int, _all: int) -> None:
    """Tell nobody how far an exchange is."""


def never() -> bool:
    """Never ask to stop."""
    return False


@dataclass(frozen=True, slots=True)
class Errand:
    """What the vault's side wants from the share.

    Attributes:
        team: the team's id.
        documents: paths of lists of people and keys that are held, or are for others.
        feeds: per folder, the bundles that are held: numbers and starts of ids.
        roster_n: the roster this laptop trusts; much older ones are of no interest.
        own: folder of this laptop's feed; empty before it has joined.
        outbox: what to send, path and bytes, in order.
        skip: files that need not be read: what is in them is held aside, or was read just now.
        again: bundles that are held and were re-packed by others since.
        check: bundles somebody still waits for, with the hash they must have.
        requests: whether to look for requests to join.
        parts: ids of the parts of letters and pictures that are to be fetched.
        packs: per path of a pack that is known, its index; empty for one that is left alone.
        joined: whether this laptop is in the team.
        inspect: packs to be read again, whether they are whole.
        clear: what to take off the share, once all is sent.
    """

    team: bytes
    documents: frozenset[str] = frozenset()
    feeds: Mapping[str, frozenset[tuple[int, bytes]]] = field(default_factory=dict)
    roster_n: int = 0
    own: str = ""
    outbox: tuple[tuple[str, bytes], ...] = ()
    skip: frozenset[str] = frozenset()
    again: tuple[str, ...] = ()
    check: Mapping[str, bytes] = field(default_factory=dict)
    requests: bool = False
    parts: frozenset[bytes] = frozenset()
    packs: Mapping[str, bytes] = field(default_factory=dict)
    joined: bool = True
    inspect: tuple[str, ...] = ()
    clear: tuple[Clearing, ...] = ()

    @property
    def root(self) -> str:
        """Return the team's folder on the share."""
        return places.root(self.team)


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found before sealing; `there` are the paths of all lists of people and keys."""

    there: frozenset[str] = frozenset()
    rosters: tuple[tuple[str, bytes], ...] = ()
    circles: tuple[tuple[str, bytes], ...] = ()
    own: tuple[tuple[str, bytes], ...] = ()
    requests: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Carried:
    """What was sent and what was found after sealing.

    Attributes:
        sent: paths that are on the share and were read back.
        unsent: why the rest is not.
        bundles: new bundles, path and bytes; taken out of it once they are in their queues, or two
            portions would be in memory at once.
        present: per folder of a feed, the numbers and starts of ids that lie there alone.
        damaged: bundles somebody waits for that are missing or altered, and packs that are.
        more: whether there is more than this portion.
        parts: ids of the parts of letters and pictures that are there; None when nobody looked.
        packs: the packs that are there.
        read: paths of the files that were read for bundles.
        ahead: about how many bytes of bundles are left after this portion.
    """

    sent: tuple[str, ...] = ()
    unsent: CaseworkError | None = None
    bundles: list[tuple[str, bytes]] = field(default_factory=list)
    present: Mapping[str, frozenset[tuple[int, bytes]]] = field(default_factory=dict)
    damaged: tuple[str, ...] = ()
    more: bool = False
    parts: frozenset[bytes] | None = None
    packs: Found = field(default_factory=Found)
    read: tuple[str, ...] = ()
    ahead: int = 0


def look(share: Share, errand: Errand) -> Looked:
    """Read the lists of people and keys, and what the own folder should not hold.

    Raises:
        ShareUnreachable: the share is not there.
    """
    folder = f"{errand.root}/{places.ROSTERS}"
    lists = [
        f"{folder}/{name}"
        for name, number in _numbered(share, folder)
        if number[0] > errand.roster_n - RECENT
    ]
    circles = list(_circles(share, f"{errand.root}/{places.AUDIENCES}"))
    return Looked(
        frozenset([*lists, *circles]),
        _documents(share, errand, lists),
        _documents(share, errand, circles),
        _own(share, errand),
        _requests(share, errand),
    )


def carry(
    share: Share,
    errand: Errand,
    *,
    progress: Progress = nothing_to_tell,
    cancelled: Cancelled = never,
) -> Carried:
    """Send what is in the outbox, then fetch what is new.

    Raises:
        ShareUnreachable: the share is not there.
    """
    sent, unsent = send(share, errand, cancelled=cancelled)
    if not errand.joined:
        return Carried(sent, unsent)
    present, packs = _present(share, errand), look_at_packs(share, errand.root, errand.packs)
    held, skip = errand.feeds, errand.skip
    wanted = wanted_of(errand.root, present, packs, errand.packs, held=held, skip=skip)
    again = tuple(Source(path) for path in errand.again)
    wanted = replace(wanted, sources=again + wanted.sources)
    portion, in_all = Portion(), wanted.count
    for one in wanted.sources:
        if cancelled() or portion.size > PORTION:
            break
        portion.take(one, one.fetch(share, errand.root))
        progress(portion.done, in_all)
    more = (len(portion.read) < len(wanted.sources) or wanted.also_alone) and not cancelled()
    damaged, parts = _damaged(share, errand, packs), on_share(share, errand.team)
    return Carried(
        sent,
        unsent,
        portion.bundles,
        present,
        damaged,
        more=more,
        parts=parts,
        packs=packs,
        read=tuple(portion.read),
        ahead=portion.ahead(wanted),
    )


def send(
    share: Share, errand: Errand, *, cancelled: Cancelled = never
) -> tuple[tuple[str, ...], CaseworkError | None]:
    """Send what is in the outbox; return what arrived, and why the rest did not.

    What is to be cleared away goes last, and only when all else has arrived.
    """
    sent: list[str] = []
    for first in range(0, len(errand.outbox), AT_ONCE):
        if cancelled():
            return tuple(sent), None
        some = errand.outbox[first : first + AT_ONCE]
        try:
            arrived = share.put(some)
        except CaseworkError as refused:
            return tuple(sent), refused
        sent += arrived
        if len(arrived) < len(some):
            return tuple(sent), ShareNotWritable()
    clear(share, errand.clear)
    return tuple(sent), None


def tidy(share: Share, errand: Errand, *, now_s: float) -> None:
    """Clear away what this laptop left half-written in its own folder."""
    if errand.own:
        share.tidy(errand.own, now_s=now_s)


def _circles(share: Share, folder: str) -> Iterator[str]:
    for name in listed(share, folder):
        if places.is_folder(name):
            within = f"{folder}/{name}"
            yield from (f"{within}/{file}" for file, _number in _numbered(share, within))


def _documents(share: Share, errand: Errand, paths: Iterable[str]) -> tuple[tuple[str, bytes], ...]:
    unknown = [path for path in paths if path not in errand.documents]
    return tuple(_fetched(share, unknown, limit=LARGEST_DOCUMENT))


def _own(share: Share, errand: Errand) -> tuple[tuple[str, bytes], ...]:
    """Read what stands under this laptop's name and is not known to it."""
    if not errand.own:
        return ()
    known = errand.feeds.get(errand.own, frozenset())
    strange = [
        f"{errand.own}/{name}"
        for name, number in _numbered(share, errand.own)
        if number not in known
    ]
    return tuple(_fetched(share, strange[:MOST_OWN], limit=LARGEST_FILE))


def _requests(share: Share, errand: Errand) -> tuple[tuple[str, bytes], ...]:
    if not errand.requests:
        return ()
    folder = f"{errand.root}/{places.JOIN}"
    names = [name for name in listed(share, folder) if places.is_request(name)]
    paths = [f"{folder}/{name}" for name in names[:MOST_REQUESTS]]
    return tuple(_fetched(share, paths, limit=LARGEST_REQUEST))


def _fetched(share: Share, paths: list[str], *, limit: int) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        raw = share.get(path, limit=limit)
        if raw is not None:
            yield path, raw


def _present(share: Share, errand: Errand) -> dict[str, frozenset[tuple[int, bytes]]]:
    folder = f"{errand.root}/{places.FEEDS}"
    found = {}
    for name in listed(share, folder):
        if places.is_folder(name):
            path = f"{folder}/{name}"
            found[path] = frozenset(number for _name, number in _numbered(share, path))
    return found


def _numbered(share: Share, folder: str) -> Iterator[tuple[str, tuple[int, bytes]]]:
    for name in listed(share, folder):
        number = places.numbered(name)
        if number is not None:
            yield name, number


def _damaged(share: Share, errand: Errand, packs: Found) -> tuple[str, ...]:
    there = [path for path in errand.inspect if path in packs.there]
    found = [path for path in there if not is_whole(share, path)]
    for path, expected in errand.check.items():
        raw = share.get(path, limit=LARGEST_FILE)
        if raw is None or digest(b"tandem-file", raw) != expected:
            found.append(path)
    return tuple(found)

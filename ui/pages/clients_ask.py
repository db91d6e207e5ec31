# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the client list asks the vault: one page of rows at a time, whatever the number of clients.

Sorting and narrowing happen where the records lie; the case files of a page's clients only are
read, to say why somebody stands near the top and when they were last seen.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desktop_app.casework.alerts import live_alerts
from desktop_app.casework.assignments import duties_on
from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.due import CaseFile, Facts, Look
from desktop_app.casework.last_seen import CARE, days_since, last_seen
from desktop_app.casework.limits import limits
from desktop_app.casework.people import Person, Team
from desktop_app.casework.records import Record, RecordId
from desktop_app.casework.treatment import episode_now
from desktop_app.casework.whereabouts import AWAY, CUSTODY, days_to_release, setting_on
from desktop_app.casework.words import _
from storage import reads
from storage.reads import ClientRow
from storage.store import Store
from ui.pages.clients_rows import ListRow, list_row
from ui.pages.today_facts import case_file

PAGE = 50
FEW = 300
"""Clients a list sorted by need may hold; longer ones are sorted by last seen."""
LOOKED_AT = 500
"""Rows looked at together when few hold the filters."""
REHAB = frozenset({"rehab", "detox"})
FOUND = 200
"""Hits a search may give; more is not read by anybody."""


class Narrow(StrEnum):
    """The filters of the list; several hold together."""

    MINE = "mine"
    CUSTODY = "custody"
    REHAB = "rehab"
    OUT = "out"
    ALERT = "alert"
    UNSEEN = "unseen"
    TREATMENT = "treatment"

    @property
    def words(self) -> str:
        """Return the filter in words."""
        return {
            Narrow.MINE: _("Mine"),
            Narrow.CUSTODY: _("In custody"),
            Narrow.REHAB: _("In rehab"),
            Narrow.OUT: _("Coming out"),
            Narrow.ALERT: _("Alert"),
            Narrow.UNSEEN: _("Not seen for 14 days"),
            Narrow.TREATMENT: _("In treatment"),
        }[self]


UNSEEN_DAYS = 14
ORDERS = ("because", "last_seen", "name")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants listed.

    Attributes:
        me: who asks.
        team: who is who.
        now: local time.
        narrow: the filters that are on.
        order: "because" (who needs somebody first), "last_seen" or "name".
        words: what is searched for; empty for the list.
    """

    me: Person
    team: Team
    now: datetime
    narrow: frozenset[Narrow]
    order: str
    words: str = ""

    @property
    def look(self) -> Look:
        """Return the moment and the team, for the rules."""
        return Look(Facts((), self.team), self.me, self.now)


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of rows.

    Attributes:
        rows: in order.
        last: the last client looked at, from which the next page goes on.
        more: whether there are further ones.
        any_held: whether this laptop holds any client; False says that the list is truly empty.
    """

    rows: tuple[ListRow, ...]
    last: ClientRow | None = None
    more: bool = False
    any_held: bool = True


def listed(store: Store, wanted: Wanted, *, after: ClientRow | None = None) -> Listed:
    """Return one page of the list. Asked on the store's thread.

    Args:
        store: the vault.
        wanted: what is to be listed.
        after: the last client of the page before.
    """
    if wanted.words:
        rows = tuple(_searched(store, wanted))
        return Listed(rows, any_held=bool(rows) or _any_held(store))
    if wanted.order == "because":
        few = _all_of(store, wanted)
        if few is not None:
            found = [_row(store, one, wanted) for one in few]
            rows = tuple(sorted(found, key=lambda row: (row.order, row.name)))
            return Listed(rows, any_held=bool(rows) or _any_held(store))
    chosen, more = _page(store, wanted, after)
    rows = tuple(_row(store, one, wanted) for one in chosen)
    last = chosen[-1] if chosen else None
    return Listed(rows, last, more, any_held=bool(rows) or _any_held(store))


def shown_of(words: str, found: Listed) -> Sight | None:
    """Return what a page of the list shows, for the audit; `words` is what was searched for."""
    if not found.rows and not words:
        return None
    whose = [row.client for row in found.rows]
    return sight("search" if words else "clients", clients=whose, words=words)


def _any_held(store: Store) -> bool:
    """Say whether this laptop holds any client at all."""
    return bool(reads.caseload(store, limit=1))


def _searched(store: Store, wanted: Wanted) -> Iterable[ListRow]:
    """Return who a search finds, the best first, narrowed like the list."""
    for hit in reads.search(store, wanted.words, limit=FOUND):
        file = case_file(store, hit.client.id)
        if file is not None and all(_holds(one, file, wanted) for one in wanted.narrow):
            yield list_row(file, wanted.look, why=hit.why)


def _all_of(store: Store, wanted: Wanted) -> list[ClientRow] | None:
    """Return everybody who is wanted; None when they are too many to be sorted by need."""
    found, _more = _page(store, wanted, None, most=FEW + 1)
    return found if len(found) <= FEW else None


def _page(
    store: Store, wanted: Wanted, after: ClientRow | None, *, most: int = PAGE
) -> tuple[list[ClientRow], bool]:
    """Return the next clients for whom every filter holds, and whether there may be more."""
    sieve = _sieve(store, wanted)
    size = most if sieve is None else max(most, LOOKED_AT)
    found: list[ClientRow] = []
    while True:
        page = _caseload(store, wanted, after, limit=size)
        for one in page:
            after = one
            if sieve is None or sieve(one):
                found.append(one)
                if len(found) == most:
                    return found, True
        if len(page) < size:
            return found, False


def _sieve(store: Store, wanted: Wanted) -> Callable[[ClientRow], bool] | None:
    """Return what keeps the rows for which the filters hold that the caseload does not know of."""
    day, narrow = wanted.now.date(), wanted.narrow
    if not narrow & {Narrow.OUT, Narrow.TREATMENT}:
        return None
    treated = _treated(store, wanted) if Narrow.TREATMENT in narrow else None

    def keeps(row: ClientRow) -> bool:
        if treated is not None and row.client.id not in treated:
            return False
        if Narrow.OUT not in narrow:
            return True
        held = [row.setting] if row.setting is not None else []
        days = days_to_release(setting_on(held, day), day)
        return days is not None and days <= limits().days.coming_out

    return keeps


def _treated(store: Store, wanted: Wanted) -> set[RecordId]:
    """Return the clients in treatment."""
    held: dict[RecordId, list[Record]] = {}
    treatments = reads.records(store, form="treatment")
    heads = store.heads(one.client for one in treatments)
    for one in treatments:
        held.setdefault(heads.get(one.client, one.client), []).append(one)
    running = ((client, episode_now(ones, wanted.now.date())) for client, ones in held.items())
    return {client for client, one in running if one is not None and one.status == "on_going"}


def _caseload(
    store: Store, wanted: Wanted, after: ClientRow | None, *, limit: int
) -> list[ClientRow]:
    settings: frozenset[str] = frozenset()
    if Narrow.CUSTODY in wanted.narrow:
        settings = CUSTODY
    elif Narrow.REHAB in wanted.narrow:
        settings = REHAB
    elif Narrow.OUT in wanted.narrow:
        settings = AWAY
    unseen = (wanted.now.date() - timedelta(days=UNSEEN_DAYS)).isoformat()
    return reads.caseload(
        store,
        order="name" if wanted.order == "name" else "last_seen",
        person=wanted.me.id if Narrow.MINE in wanted.narrow else "",
        settings=settings,
        alerts=Narrow.ALERT in wanted.narrow,
        not_seen_since=unseen if Narrow.UNSEEN in wanted.narrow else "",
        after=after,
        limit=limit,
    )


def _row(store: Store, one: ClientRow, wanted: Wanted) -> ListRow:
    file = case_file(store, one.client.id) or CaseFile(one.client)
    return list_row(file, wanted.look)


def _holds(narrow: Narrow, file: CaseFile, wanted: Wanted) -> bool:
    """Say whether a filter holds of a case file."""
    records, day = file.records, wanted.now.date()
    setting = setting_on(records, day)
    if narrow is Narrow.MINE:
        return bool(duties_on(records, wanted.me.id, day))
    if narrow is Narrow.ALERT:
        return bool(live_alerts(records, day))
    if narrow is Narrow.OUT:
        days = days_to_release(setting, day)
        return days is not None and days <= limits().days.coming_out
    if narrow is Narrow.UNSEEN:
        since = days_since(last_seen(records, wanted.now, team=wanted.team, by=CARE), day)
        return since is None or since >= UNSEEN_DAYS
    if narrow is Narrow.TREATMENT:
        episode = episode_now(records, day)
        return episode is not None and episode.status == "on_going"
    among = CUSTODY if narrow is Narrow.CUSTODY else REHAB
    return setting is not None and setting.setting in among

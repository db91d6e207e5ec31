# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What Today is worked out from, gathered from the vault in one go.

Only the case files that can have a row are read (see `today_whose`), and after a change only those
that it touched. So Today is as quick with twenty thousand clients as with twenty.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.board import Known
from desktop_app.casework.dates import as_moment
from desktop_app.casework.due import CaseFile, Due, Facts, Look, Unfinished
from desktop_app.casework.forms import forms
from desktop_app.casework.names import full_name
from desktop_app.casework.people import Person, Role, Team
from desktop_app.casework.records import Record, RecordId
from desktop_app.casework.today import of_file, today
from desktop_app.casework.today_whose import AHEAD, FORMS, TODAY
from desktop_app.casework.words import _
from storage import audit, boards, ledger, reads
from storage.store import Draft, Store
from ui.authors import people_by_feed
from ui.clock import local
from ui.pages.importing_reason import title_of
from ui.pages.today_read import read_here
from ui.pages.today_twice import written_twice
from ui.pages.twice_facts import is_theirs, open_now, told
from ui.team_limits import limits_of

LAST_SHARED = "last_shared"
"""Setting of the vault: when this laptop last exchanged, ISO local time."""
KEPT = timedelta(minutes=1)
"""For so long what is due about a client is not worked out again, where nothing was touched."""
Found = Mapping[RecordId, tuple[CaseFile, datetime, tuple[Due, ...]]]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found.

    Attributes:
        facts: everything Today is worked out from.
        dues: the rows, in order.
        files: the case files by client; whoever has several files has one, by each of them.
        coming: visits and appointments from today on with this person in them.
        drafts: what this person has begun, by the key of its row.
        twice: the records that were written twice and have a row.
        waiting: clients who were not gone through yet.
        left: how many of them may have a row as well.
        found: what is due about each client, from which file, and when that was worked out.
    """

    facts: Facts
    dues: tuple[Due, ...]
    files: dict[RecordId, CaseFile]
    coming: tuple[Record, ...]
    drafts: dict[tuple[RecordId, RecordId], Draft] = field(default_factory=dict)
    twice: tuple[Record, ...] = ()
    waiting: int = 0
    left: int = 0
    found: Found = field(default_factory=dict)


def gather(
    store: Store,
    me: Person,
    team: Team,
    now: datetime,
    *,
    before: Gathered | None = None,
    touched: Collection[RecordId] = (),
) -> Gathered:
    """Return what Today needs. Asked on the store's thread.

    Args:
        store: the vault.
        me: whose Today it is.
        team: who is who.
        now: local time.
        before: what was gathered last; files nobody touched since are taken from it.
        touched: ids of the records and clients that were.
    """
    day, known = now.date(), Known(team, limits_of(store), now)
    standing = boards.standing(store, TODAY, known, person=me.id)
    held = _untouched(before, frozenset(touched)) if before is not None else {}
    kept = {one: held[one] for one in standing.clients if one in held}
    new = [one for one in standing.clients if one not in kept]
    kept |= boards.case_files(store, new, FORMS)
    files = {one: file for file in kept.values() for one in ids_of(file)}
    twice, written = _written_twice(store, me, team, day)
    drafts = [one for one in store.drafts() if one.author == me.id]
    facts = Facts(
        files=tuple(kept.values()),
        team=team,
        read=read_here(store),
        drafts=tuple(_unfinished(store, one) for one in drafts),
        to_share=audit.to_share(store),
        shared=_shared(store),
        all_arrived=_all_arrived(store) and not standing.left,
        limits=known.limits,
    )
    dues, found = _due(facts, me, now, before)
    return Gathered(
        facts,
        tuple(sorted([*dues, *twice], key=lambda due: due.sort_key)),
        files,
        tuple(_coming(kept.values(), me, day)),
        {(one.client, one.record): one for one in drafts},
        tuple(written),
        standing.waiting,
        standing.left,
        found,
    )


def _due(
    facts: Facts, me: Person, now: datetime, before: Gathered | None
) -> tuple[list[Due], Found]:
    """Return what is due, and what of it was found in which file."""
    found = dict(_still(before, facts, now)) if before is not None else {}

    def of(file: CaseFile, look: Look) -> tuple[Due, ...]:
        if file.client.id not in found:
            found[file.client.id] = (file, now, tuple(of_file(file, look)))
        return found[file.client.id][2]

    return today(facts, me, now, of), found


def _still(
    before: Gathered, facts: Facts, now: datetime
) -> Iterator[tuple[RecordId, tuple[CaseFile, datetime, tuple[Due, ...]]]]:
    """Yield what was found a moment ago about files that are as they were."""
    if before.facts.read != facts.read or before.facts.team is not facts.team:
        return
    for file in facts.files:
        held = before.found.get(file.client.id)
        if held is not None and held[0] is file and timedelta(0) <= now - held[1] <= KEPT:
            yield file.client.id, held


def _untouched(before: Gathered, touched: frozenset[RecordId]) -> dict[RecordId, CaseFile]:
    """Return the files in which nothing was touched, each by whom it is of."""
    return {file.client.id: file for file in before.facts.files if touched.isdisjoint(ids_of(file))}


def _coming(files: Iterable[CaseFile], me: Person, day: date) -> list[Record]:
    """Return the visits and appointments of the next two weeks with this person in them."""
    last = (day + timedelta(days=AHEAD)).isoformat()
    found = [
        one
        for file in files
        for one in file.records
        if one.form in ("visit", "appointment")
        and day.isoformat() <= when(one)[:10] <= last
        and _open(one)
        and me.id in _people_of(one)
    ]
    return sorted(found, key=lambda one: (when(one), one.id), reverse=True)


def _written_twice(
    store: Store, me: Person, team: Team, day: date
) -> tuple[list[Due], list[Record]]:
    """Return the rows of what was written twice, and the records whose answers they say."""
    authors = people_by_feed(store, team)
    found, told_of = open_now(store, authors), told(store, me, authors, day)
    if not found and not told_of:
        return [], []
    mine = [one for one in found if is_theirs(store, me, one)]
    rows = written_twice(
        mine,
        told_of=told_of,
        all_open=len(found) if Role.COORDINATOR in me.roles else 0,
        me=me,
        team=team,
        on=day,
    )
    return rows, [one.record for one in (*mine, *told_of)]


def shown_of(gathered: Gathered) -> Sight | None:
    """Return what Today shows, for the audit; None for nobody."""
    due = {one.record for one in gathered.dues}
    records = [
        *gathered.coming,
        *gathered.twice,
        *(one for file in gathered.files.values() for one in file.records if one.id in due),
    ]
    clients = [one.client for one in gathered.dues if one.client]
    return sight("today", records, clients=clients) if clients or records else None


def case_file(store: Store, client: RecordId) -> CaseFile | None:
    """Return one client's case file; None when the client is not on this laptop."""
    found = reads.client(store, client)
    if found is None:
        return None
    return CaseFile(found, tuple(reads.records(store, client=client)))


def ids_of(file: CaseFile) -> set[RecordId]:
    """Return the ids of everybody who is the one person a case file is of."""
    return {file.client.id, *(one.client for one in file.records)}


def when(record: Record) -> str:
    """Return when a visit or an appointment is."""
    return record.text("at") or record.text("booked_for")


def _open(record: Record) -> bool:
    return record.text("state") in ("planned", "booked")


def _people_of(record: Record) -> set[str]:
    """Return everybody of the team who is named in a visit or an appointment."""
    found = {record.text("with_person")}
    for field_ in ("people", "company", "next_step_with"):
        held = record.answers.get(field_)
        if isinstance(held, list):
            found |= {str(one) for one in held}
    return found - {""}


def _unfinished(store: Store, draft: Draft) -> Unfinished:
    shipped = forms().get(draft.form)
    client = reads.client(store, draft.client) if draft.client else None
    typed = (value for value in draft.answers.values() if isinstance(value, str))
    words = sum(len(value.split()) for value in typed if " " in value)
    return Unfinished(
        title=_(shipped.title) if shipped else title_of(draft.form) or _("Draft"),
        client=draft.client,
        name=full_name(client.answers) if client else _("Draft"),
        record=draft.record,
        started=local(draft.at_ms),
        words=words,
    )


def _shared(store: Store) -> datetime | None:
    """Return when this laptop last exchanged; None when never."""
    said = store.get(LAST_SHARED)
    return as_moment(said) if isinstance(said, str) else None


def _all_arrived(store: Store) -> bool:
    """Say whether everything colleagues are known to have shared has come.

    What a colleague's bundle says it had seen, and this laptop has not, is missing.
    """
    held = {feed.number: feed.head_seq for feed in ledger.feeds(store).values()}
    return all(
        held.get(number, 0) >= seq
        for feed in held
        for number, (seq, _id) in ledger.seen(store, feed).items()
    )

# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What Today is worked out from, gathered from the vault in one go.

The rows are worked out before anybody looks, as those of every board (see `board_rows`), and after
a change only those of whom it touched. So Today is as quick with twenty thousand clients as with
twenty.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.boards import todays
from desktop_app.casework.dates import as_moment
from desktop_app.casework.due import CaseFile, Due, Facts, Unfinished
from desktop_app.casework.forms import forms
from desktop_app.casework.names import full_name
from desktop_app.casework.people import Person, Role, Team
from desktop_app.casework.records import Record, RecordId
from desktop_app.casework.sharing_agreements import FORM as AGREEMENT
from desktop_app.casework.sharing_agreements import to_review
from desktop_app.casework.today import of_laptop
from desktop_app.casework.today_whose import AHEAD, TODAY
from desktop_app.casework.words import _
from storage import audit, board_rows, boards, ledger, reads
from storage.board_rows import Shown
from storage.store import Draft, Store
from ui.authors import people_by_feed
from ui.clock import local
from ui.pages.boards_facts import asked
from ui.pages.importing_reason import title_of
from ui.pages.today_read import read_here
from ui.pages.today_twice import written_twice
from ui.pages.twice_facts import is_theirs, open_now, told

LAST_SHARED = "last_shared"
"""Setting of the vault: when this laptop last exchanged, ISO local time."""
WEEK = frozenset({"setting", "alert"})
"""What the week beside the rows reads of everybody who may have one, besides what is planned."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found.

    Attributes:
        facts: what Today is worked out from besides the clients' records.
        shown: the clients' rows, and how many clients are left to work out.
        dues: every row, in order.
        files: what the week needs of whoever may have a row; of several who are one, by each.
        coming: visits and appointments from today on with this person in them.
        drafts: what this person has begun, by the key of its row.
        named: the records that rows are about.
    """

    facts: Facts
    shown: Shown
    dues: tuple[Due, ...]
    files: dict[RecordId, CaseFile]
    coming: tuple[Record, ...]
    drafts: dict[tuple[RecordId, RecordId], Draft] = field(default_factory=dict)
    named: tuple[Record, ...] = ()


def gather(
    store: Store,
    me: Person,
    team: Team,
    now: datetime,
    *,
    before: Gathered | None = None,
    touched: Collection[RecordId] = (),
) -> Gathered:
    """Return what Today needs. Asked on the store's thread; writes nothing.

    Args:
        store: the vault.
        me: whose Today it is.
        team: who is who.
        now: local time.
        before: what was gathered last; what was worked out for it and nobody touched is kept.
        touched: ids of the records and clients that were.
    """
    question = asked(store, todays(), me, team, now, read=read_here(store))
    last = before.shown if before is not None else None
    found = board_rows.shown(question, before=last, touched=touched)
    clients = boards.standing(store, TODAY, question.known, person=me.id).clients
    files = _week(store, clients, before.files if before else {}, frozenset(touched))
    drafts = [one for one in store.drafts() if one.author == me.id]
    facts = replace(
        question.look.facts,
        drafts=tuple(_unfinished(store, one) for one in drafts),
        to_share=audit.to_share(store),
        shared=_shared(store),
        all_arrived=_all_arrived(store),
    )
    twice, written = _written_twice(store, me, team, now.date())
    more = [*of_laptop(facts, now), *twice, *_agreements(store, me, now.date())]
    dues = sorted([*found.dues, *more], key=lambda due: due.sort_key)
    named = store.records([due.record for due in found.dues if due.record])
    return Gathered(
        facts,
        found,
        tuple(dues),
        files,
        tuple(_coming(store, files, me, now.date())),
        {(one.client, one.record): one for one in drafts},
        (*named, *written),
    )


def _week(
    store: Store,
    clients: Collection[RecordId],
    held: Mapping[RecordId, CaseFile],
    touched: frozenset[RecordId],
) -> dict[RecordId, CaseFile]:
    """Return what the week needs of some clients; what is held and nobody touched is kept."""
    kept = {one: held[one] for one in clients if one in held}
    kept = {one: file for one, file in kept.items() if touched.isdisjoint(ids_of(file))}
    read = boards.case_files(store, [one for one in clients if one not in kept], WEEK)
    return {one: file for file in (*kept.values(), *read.values()) for one in ids_of(file)}


def _coming(store: Store, clients: Collection[RecordId], me: Person, day: date) -> list[Record]:
    """Return the visits and appointments of the next two weeks with this person in them."""
    last = day + timedelta(days=AHEAD)
    found = [
        one
        for one in reads.dated(store, clients, ("visit", "appointment"), since=day, until=last)
        if _open(one) and me.id in _people_of(one)
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


def _agreements(store: Store, me: Person, day: date) -> list[Due]:
    """Return the rows of what organisations agreed to, which are about no client."""
    if Role.COORDINATOR not in me.roles:
        return []
    return to_review(reads.records(store, form=AGREEMENT), me, day)


def shown_of(gathered: Gathered) -> Sight | None:
    """Return what Today shows, for the audit; None for nobody."""
    records = [*gathered.coming, *gathered.named]
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

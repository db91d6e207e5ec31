# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Taking an extract of the audit out: a signed table, its signature, and the same on paper.

Rules, each with a test:

* That it leaves is written into the audit before the first file is.
* The table, the signature and the PDF are of the same entries; the table cannot hold a formula.
* What all partners may read leaves its own trace when it is recorded or altered, the signed log of
  changes: the extract reads it from there.
* No file that is there already is written over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from desktop_app.casework import audit as entries
from desktop_app.casework.audience import PARTNERS
from desktop_app.casework.audit_words import Line, line
from desktop_app.casework.dates import say_date
from desktop_app.casework.names import full_name
from desktop_app.casework.people import Team
from desktop_app.casework.records import Edit, RecordId
from desktop_app.casework.words import _
from desktop_app.reports.audit_extract import extract_sheet, extract_table
from desktop_app.reports.pdf import pdf
from desktop_app.reports.sheet import Fact
from storage import audit
from storage.audit import Wanted
from storage.store import Store
from sync.extract import ENDING, sign_extract
from sync.history import made_between
from sync.seat import Seat, seated
from ui.clock import local
from ui.dialogs import Dialogs
from ui.pages.client_taking_out import NotWritten, write_out
from ui.pages.export_panel import ExportPanel, Leaves
from ui.session import Session

MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What an extract is of: which entries, and the same in words."""

    wanted: Wanted
    facts: tuple[Fact, ...]


class ExtractPanel(ExportPanel):
    """Asks for whom and why, then writes three files beside each other."""

    def __init__(self, session: Session, dialogs: Dialogs, asked: Asked) -> None:
        self._asked, self._team = asked, session.team
        about = asked.wanted.about
        says = _(
            "Three files: a table (CSV), its signature, and the same on paper (PDF). Nothing "
            "locks them. That they were taken out is recorded first."
        )
        leaves = Leaves(
            "audit_log",
            _("Take out an extract"),
            says,
            f"audit-{session.today().isoformat()}",
            [("csv", _("Table (CSV)"))],
            [about] if about else [],
        )
        super().__init__(session, dialogs, leaves)

    def write(self, store: Store, place: Path, _ending: str, made: str) -> None:
        """Write the three files."""
        write_extract(store, place, self._asked, self._team, made=made)


def write_extract(store: Store, place: Path, asked: Asked, team: Team, *, made: str) -> None:
    """Write the table, its signature and the PDF. Asked on the store's thread.

    Raises:
        NotWritten: they could not be written there; nothing that was there is written over.
    """
    seat = seated(store)
    paper, signature = place.with_suffix(".pdf"), place.with_name(place.name + ENDING)
    if paper == place or paper.exists() or signature.exists():
        raise NotWritten(
            _("An extract of this name is there already. Nothing was written; choose another.")
        )
    lines = sorted(_lines(store, seat, asked.wanted, team), key=lambda one: one.at, reverse=True)
    table = extract_table(lines)
    said = sign_extract(seat, table)
    sheet = extract_sheet(
        lines,
        asked=asked.facts,
        table=table,
        signature=said,
        made=made,
        made_up=team.made_up,
    )
    write_out(place, table)
    write_out(signature, f"{said}\n".encode("ascii"))
    write_out(paper, pdf(sheet))


def _lines(store: Store, seat: Seat, wanted: Wanted, team: Team) -> Iterator[Line]:
    """Yield what the audit says, and what the log of changes says of what all may read."""
    held = audit.entries(store, wanted, limit=MOST)
    ids = {one for entry in held for one in (*entries.ids_in(entry, "clients"), entry.client)}
    names = _names(store, ids)
    yield from (line(entry, team, names) for entry in held)
    if entries.ALTERATION not in wanted.forms:
        return
    since = datetime.combine(datetime.fromisoformat(wanted.since).date(), time.min)
    until = datetime.combine(datetime.fromisoformat(wanted.until).date(), time.max)
    span = [int(one.astimezone().timestamp() * 1000) for one in (since, until)]
    begun, about = set[RecordId](), store.whole(wanted.about) if wanted.about else []
    for past in made_between(store, seat, span[0], span[1], PARTNERS):
        change = past.change
        if wanted.person not in ("", past.person):
            continue
        if about and change.client not in about and change.record not in about:
            continue
        record = store.record(change.record)
        edit = Edit(change.form, change.record, change.client, "", change.answers)
        first = record is None or record.created == (change.feed, change.seq)
        new = first and change.record not in begun
        begun.add(change.record)
        at = local(change.at).isoformat(timespec="minutes")
        said = entries.alteration(edit, new=new, decides=False, record=change.record, at=at)
        if said is not None:
            yield line(entries.as_record(said, past.person), team, _names(store, {change.client}))


def _names(store: Store, clients: set[RecordId]) -> dict[RecordId, str]:
    wanted = sorted(one for one in clients if one)
    return {one.id: full_name(one.answers) for one in store.records(wanted)}


def asked_for(wanted: Wanted, team: Team, *, about: str, today: str) -> Asked:
    """Return what an extract is of, with the last day filled in."""
    until = wanted.until or today
    whole = Wanted(wanted.since or "1970-01-02", until, wanted.person, wanted.about, wanted.forms)
    facts = (
        Fact(_("From"), say_date(whole.since)),
        Fact(_("Up to and including"), say_date(until)),
        Fact(_("Person"), team.name_of(wanted.person) if wanted.person else _("Everybody")),
        Fact(_("Client"), about or _("Everybody")),
    )
    return Asked(whole, facts)

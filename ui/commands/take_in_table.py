# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""`tandem import`: take records in from a table made elsewhere.

Rules, each with a test:

* Without `--apply` nothing is changed: it says line by line what would happen.
* With it, everything is saved in one transaction, or nothing is: one bad line stops all.
* Every bad line is named with its reason.
* What a person may not write, they may not take in either.
* Somebody with the same name and birth date as a client already held is not taken in twice; of
  somebody who may be a client already held, or of a line further up, it is said who, and why.
* That the table was compared with the casebook, and whom it met there, is written into the audit
  before anything is said of it; what it brings, together with it (DPA 2018 s.62(1)(a) and (e)).
"""

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypedDict

from desktop_app.casework import audience, forms, intake
from desktop_app.casework.audit import collection, combination
from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.forms import Form
from desktop_app.casework.letters import skeleton
from desktop_app.casework.names import fold, full_name
from desktop_app.casework.pairing import pairs
from desktop_app.casework.people import Person, Team
from desktop_app.casework.records import (
    NO_CLIENT,
    Answers,
    Edit,
    Live,
    Record,
    RecordId,
    new_id,
)
from desktop_app.casework.reference import reference, typed_reference
from desktop_app.casework.sheets.cells import CLIENT_COLUMN, Reader, TableUnreadable
from desktop_app.casework.traits import traits
from desktop_app.casework.wording import told
from desktop_app.casework.words import _, ngettext
from storage import reads
from storage.store import Store
from ui.clock import Clock
from ui.commands import take_in_sheet
from ui.commands.console import Console
from ui.commands.table_lines import Line, lines
from ui.commands.vault import me, opened, takes_vault


@dataclass(frozen=True, slots=True)
class Meant:
    """What one line means: the edit it would make, or why it makes none.

    Attributes:
        line: its number in the file.
        edit: what would be saved; None when something is wrong.
        says: what would happen, in words.
        wrong: every reason why it cannot.
    """

    line: int
    edit: Edit | None = None
    says: str = ""
    wrong: tuple[str, ...] = ()


@dataclass(slots=True)
class Table:
    """A table on its way into a vault.

    Attributes:
        form: what each of its lines is.
        reader: reads its cells.
        person: who takes it in.
        clock: what time it is.
        clients: the clients of the vault, by reference.
        known: name and birth date of everybody held, or met further up in the file: their id, and
            what to call them.
        met: the clients already here that lines of the table are about.
    """

    form: Form
    reader: Reader
    person: Person
    clock: Clock
    clients: Mapping[str, Sequence[Record]]
    known: dict[tuple[str, str, str], tuple[RecordId, str]] = field(default_factory=dict)
    met: dict[RecordId, None] = field(default_factory=dict)

    def meant(self, rows: Sequence[Line]) -> list[Meant]:
        """Return what each line means."""
        named = dict.fromkeys(name for row in rows for name in row.cells)
        columns = self.reader.columns(named)
        if self.form.name != "client" and CLIENT_COLUMN not in named:
            raise TableUnreadable(
                _("A column “%(column)s” must say which client each line is about.")
                % {"column": CLIENT_COLUMN}
            )
        found = []
        for row in rows:
            answers, unread = self.reader.answers(row.cells, columns)
            wrong = [row.wrong] if row.wrong else self._problems(answers, unread)
            client = b""
            if self.form.name != "client" and not row.wrong:
                client, why = self._client(str(row.cells.get(CLIENT_COLUMN, "")))
                wrong += why
            found.append(self._meant(row.number, answers, client, wrong))
        return self._with_likely(found) if self.form.name == "client" else found

    def _with_likely(self, found: Sequence[Meant]) -> list[Meant]:
        """Return the lines; those that may be about somebody known say who it is, and why."""
        held = [one for same in self.clients.values() for one in same]
        lines_of = [(one.line, one.edit.answers) for one in found if one.edit is not None]
        people = [*(one.answers for one in held), *(answers for _line, answers in lines_of)]
        best: dict[int, tuple[float, str]] = {}
        for one, other, likeness in pairs([traits(answers) for answers in people]):
            if other < len(held):
                continue  # two who are here already: not what this table brings
            if one < len(held):
                self.met[held[one].id] = None
                place = reference(held[one].id)
            else:
                place = _("line %(line)d") % {"line": lines_of[one - len(held)][0]}
            words = {"who": full_name(people[one]), "place": place, "why": likeness.why}
            said = _("Perhaps the same as %(who)s (%(place)s): %(why)s.") % words
            line = lines_of[other - len(held)][0]
            best[line] = max(best.get(line, (likeness.score, said)), (likeness.score, said))
        return [
            replace(one, says=f"{one.says}. {best[one.line][1]}") if one.line in best else one
            for one in found
        ]

    def _problems(self, answers: Answers, unread: Mapping[str, str]) -> list[str]:
        today = self.clock.today()
        found = forms.problems(self.form, answers, today=today.isoformat())
        if self.form.name == "client":
            found = [*found, *intake.problems(answers, on=today)]
        # A cell that could not be read is named with that reason, and not as missing besides.
        said = [*unread.values(), *(one.message for one in found if one.field not in unread)]
        return said or (self._already_here(answers) if self.form.name == "client" else [])

    def _already_here(self, answers: Answers) -> list[str]:
        key = _identity(answers)
        if key in self.known:
            held, name = self.known[key]
            if held:
                self.met[held] = None
            return [_("Already in the casebook, or further up: %(who)s.") % {"who": name}]
        self.known[key] = NO_CLIENT, full_name(answers)
        return []

    def _client(self, typed: str) -> tuple[bytes, list[str]]:
        found = self.clients.get(typed_reference(typed), ())
        if len(found) == 1:
            self.met[found[0].id] = None
            return found[0].id, []
        if found:
            return b"", [_("More than one client has this reference.")]
        return b"", [_("No client in this casebook has this reference.")]

    def _meant(self, number: int, answers: Answers, client: bytes, wrong: Sequence[str]) -> Meant:
        if wrong:
            return Meant(number, wrong=tuple(wrong))
        if self.form.name == "client":
            answers = intake.with_tidy_names(answers)
        now_ms = self.clock.now_ms()
        made = new_id(now_ms, os.urandom(10))
        about = made if self.form.name == "client" else client
        edit = Edit(self.form.name, made, about, audience.audience_for(self.form), answers)
        return Meant(number, edit, _in_words(edit, self.reader.team, self.clock.today()))


def takes(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    takes_vault(parser)
    parser.add_argument(
        "--form",
        metavar="F",
        help=_("what each line is, such as client; guessed for a spreadsheet"),
    )
    parser.add_argument(
        "--apply", action="store_true", help=_("do it; without this, only say what would happen")
    )
    parser.add_argument(
        "file", type=Path, metavar="FILE", help=_("a table: CSV, JSON lines or a workbook (.xlsx)")
    )
    take_in_sheet.takes(parser)


def run(arguments: Namespace, console: Console) -> int:
    """Say what each line would do; with `--apply`, and nothing wrong, do it."""
    if take_in_sheet.is_sheet(arguments):
        with opened(arguments, console) as store:
            return take_in_sheet.run(arguments, console, store, me(store))
    form = forms.form(arguments.form)
    rows = lines(_read(arguments.file))
    clock = Clock()
    with opened(arguments, console) as store:
        person, team = me(store)
        if not audience.may_write(form, person.roles) or not audience.may_hold(
            audience.audience_for(form), person
        ):
            raise NotAllowed(_("This person may not write records of this form."))
        table = _table(store, form, person, team, clock=clock)
        console.progress(_("Comparing with the casebook ..."))
        found = table.meant(rows)
        edits = [one.edit for one in found if one.edit is not None]
        whole = len(edits) == len(found)
        saved = arguments.apply and whole and bool(edits)
        if saved:
            console.progress(_("Saving ..."))
        logged = [_compared(table), *([_collected(table, len(edits))] if saved else [])]
        store.save([*logged, *(edits if saved else [])], now_ms=clock.now_ms())
    _tell(found, console, saved=saved, asked=arguments.apply)
    return int(not whole)


def _table(store: Store, form: Form, person: Person, team: Team, *, clock: Clock) -> Table:
    held = reads.records(store, form="client")
    clients: dict[str, list[Record]] = {}
    for one in held:
        clients.setdefault(reference(one.id), []).append(one)
    known = {_identity(one.answers): (one.id, full_name(one.answers)) for one in held}
    return Table(form, Reader(form, clock.now(), team), person, clock, clients, known)


def _compared(table: Table) -> Edit:
    """Return what the audit says of it: a table was compared with the casebook (s.62(1)(e))."""
    is_of_clients = table.form.name == "client"
    return combination(
        "matched",
        [*table.met],
        **_entry(table.clock),
        rule=_("Names, date of birth, telephone and home")
        if is_of_clients
        else _("Same reference"),
        compared=len(table.clients),
    )


def _collected(table: Table, count: int) -> Edit:
    """Return what the audit says of what was taken in (s.62(1)(a))."""
    return collection(
        "table", count, **_entry(table.clock), kind=table.form.name, clients=[*table.met]
    )


class _Entry(TypedDict):
    record: RecordId
    at: str


def _entry(clock: Clock) -> _Entry:
    record = new_id(clock.now_ms(), os.urandom(10))
    return {"record": record, "at": clock.now().isoformat(timespec="minutes")}


def _identity(answers: Answers) -> tuple[str, str, str]:
    surname, forename, born = (answers.get(one) for one in ("surname", "forename", "born"))
    said = [skeleton(fold(str(name or ""))) for name in (surname, forename)]
    return said[0], said[1], str(born or "")


def _in_words(edit: Edit, team: Team, on: date) -> str:
    live = Live(0, 0, 0, 0, edit.answers)
    record = Record(edit.record, edit.form, edit.client, edit.audience, "", [live])
    said = told(record, team, on=on)
    title = _(forms.form(edit.form).title)
    parts = (said.title, said.when, said.place)
    return f"{title}: " + " · ".join(dict.fromkeys(one for one in parts if one))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise TableUnreadable(_("This file cannot be read. Nothing was taken in.")) from None


def _tell(found: Sequence[Meant], console: Console, *, saved: bool, asked: bool) -> None:
    bad = [one for one in found if one.wrong]
    for one in found:
        if one.wrong:
            words = {"line": one.line, "why": " ".join(one.wrong)}
            console.complain(_("Line %(line)d: %(why)s") % words)
        else:
            console.say(_("Line %(line)d: %(what)s") % {"line": one.line, "what": one.says})
    console.say(_outcome(len(found), len(bad), saved=saved, asked=asked))
    console.give(
        {
            "saved": len(found) if saved else 0,
            "lines": [
                {"line": one.line, "says": one.says, "wrong": list(one.wrong)} for one in found
            ],
        }
    )


def _outcome(count: int, bad: int, *, saved: bool, asked: bool) -> str:
    if saved:
        return ngettext("%(n)d record saved.", "%(n)d records saved.", count) % {"n": count}
    if bad:
        return (
            ngettext("%(n)d line is wrong.", "%(n)d lines are wrong.", bad) % {"n": bad}
            + " "
            + _("Nothing was saved.")
        )
    if asked:
        return _("There is nothing in this file. Nothing was saved.")
    return ngettext(
        "%(n)d line could be taken in. Nothing was saved; add --apply to do it.",
        "%(n)d lines could be taken in. Nothing was saved; add --apply to do it.",
        count,
    ) % {"n": count}

# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""`tandem import` of a spreadsheet as a team has it: read as the window reads it, line by line.

Rules, each with a test:

* Columns are those a person named, those of the last file like it, or a guess; what each answers is
  said, and which are left out.
* Without `--apply` nothing is changed. With it every good line is saved, each whole; nothing is
  decided for a person: a line that may be about somebody waits in the casebook.
* Wrong lines go with their reasons into the file named, and that they leave is logged first.
"""

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from desktop_app.casework.audit import taken_out
from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.names import fold
from desktop_app.casework.people import Person, Team
from desktop_app.casework.records import new_id
from desktop_app.casework.sheets.cells import TableUnreadable
from desktop_app.casework.sheets.columns import targets
from desktop_app.casework.sheets.meaning import TAKEN_IN, Meant, State
from desktop_app.casework.words import _, ngettext
from storage import sheets
from storage.store import Store
from ui.clock import Clock
from ui.commands.console import Console
from ui.pages.client_taking_out import write_out
from ui.pages.sheets_done import as_file
from ui.sheets.setup import Setup, begin, offered
from ui.sheets.taking_in import Known, Reading
from ui.sheets.workbook import open_workbook


def takes(parser: ArgumentParser) -> None:
    """Say what the command takes besides, for a spreadsheet."""
    parser.add_argument("--sheet", default="", metavar="S", help=_("which sheet of a workbook"))
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="C=Q",
        help=_("which question a column answers, such as “Mobile=phone”; nothing after = for none"),
    )
    parser.add_argument(
        "--every",
        action="append",
        default=[],
        metavar="Q=A",
        help=_("what every line answers, such as cohort=demand_side"),
    )
    parser.add_argument(
        "--wrong",
        type=Path,
        metavar="FILE",
        help=_("where wrong lines go with their reasons (.csv or .xlsx); the others are taken in"),
    )


def is_sheet(arguments: Namespace) -> bool:
    """Say whether it is to be read as a spreadsheet."""
    said = arguments.sheet or arguments.column or arguments.every or arguments.wrong
    return bool(said) or not arguments.form or arguments.file.suffix.lower() == ".xlsx"


def run(arguments: Namespace, console: Console, store: Store, whose: tuple[Person, Team]) -> int:
    """Say what each line would become; with `--apply`, take in what can be."""
    person, team = whose
    clock = Clock()
    setup = _setup(arguments, store, person, year=clock.today().year)
    _tell_columns(setup, console)
    if lacks := setup.lacks():
        raise TableUnreadable(" ".join((*lacks, _("Nothing was taken in."))))
    console.progress(_("Comparing with the casebook ..."))
    look = _reading(store, setup, team, clock)
    lines = look.look(lambda count: console.progress(_("Line %(n)d ...") % {"n": count}))
    store.save([look.compared()], now_ms=clock.now_ms())
    for one in lines:
        _tell(one, console)
    wrong = {one.line: one.why for one in lines if one.state is State.WRONG}
    saved = _take_in(store, setup, team, clock, console) if arguments.apply else 0
    if arguments.wrong and wrong:
        _keep_wrong(arguments.wrong, setup, wrong, store, person.name)
    console.say(_outcome(lines, saved, applied=arguments.apply))
    console.give(
        {
            "saved": saved,
            "lines": [
                {"line": one.line, "becomes": one.state.value, "says": one.says, "why": one.why}
                for one in lines
            ],
        }
    )
    return int(bool(wrong))


def _setup(arguments: Namespace, store: Store, person: Person, *, year: int) -> Setup:
    """Return how the file is read: as offered, and as the person says.

    Raises:
        TableUnreadable: a column or a question that was named is not there.
    """
    among = offered(person)
    if arguments.form and arguments.form not in {one.name for one in among}:
        raise NotAllowed(_("This person may not write records of this form."))
    setup = begin(
        open_workbook(arguments.file),
        among,
        year=year,
        remembered=sheets.all_columns(store),
        sheet=arguments.sheet,
        as_form=arguments.form or "",
    )
    places = {fold(name): place for place, name in enumerate(setup.names)}
    known = {one.name for one in targets(setup.form)} | {""}
    for said in arguments.column:
        column, _sign, target = said.partition("=")
        if fold(column) not in places or target not in known:
            raise TableUnreadable(_("“%(said)s” names no column or no question.") % {"said": said})
        setup = setup.with_column(places[fold(column)], target)
    for said in arguments.every:
        name, _sign, code = said.partition("=")
        setup = setup.with_fixed(name, code)
    return setup


def _reading(store: Store, setup: Setup, team: Team, clock: Clock) -> Reading:
    known = Known(setup.form)
    while known.more(store):
        pass
    return Reading(setup.plan(), team, clock, known)


def _take_in(store: Store, setup: Setup, team: Team, clock: Clock, console: Console) -> int:
    sheets.keep_columns(store, *setup.chosen())
    reading = _reading(store, setup, team, clock)
    while reading.turn(store):
        console.progress(_("Saving line %(n)d ...") % {"n": reading.count})
    return reading.saved


def _keep_wrong(place: Path, setup: Setup, wrong: dict[int, str], store: Store, name: str) -> None:
    clock = Clock()
    made = as_file(setup, wrong, place)
    kind = "xlsx" if place.suffix.lower() == ".xlsx" else "csv"
    reason = _("Lines of a spreadsheet to be mended and read again")
    log = taken_out(
        {"what": "list", "format": kind, "recipient": name, "reason": reason},
        [],
        record=new_id(clock.now_ms(), os.urandom(10)),
        at=clock.now().isoformat(timespec="minutes"),
        records=len(wrong),
    )
    store.save([log], now_ms=clock.now_ms())
    write_out(place, made)


def _tell_columns(setup: Setup, console: Console) -> None:
    labels = {one.name: one.label for one in targets(setup.form)}
    for place, name in enumerate(setup.names):
        answers = labels.get(setup.columns.get(place, ""), _("not taken in"))
        console.say(_("Column “%(name)s”: %(answers)s") % {"name": name, "answers": answers})


def _tell(one: Meant, console: Console) -> None:
    said = " ".join(filter(None, (one.says, one.why)))
    words = _("Line %(line)d: %(what)s") % {"line": one.line, "what": said}
    if one.state is State.WRONG:
        console.complain(words)
    else:
        console.say(words)


def _outcome(lines: Sequence[Meant], saved: int, *, applied: bool) -> str:
    if applied:
        return ngettext("%(n)d line taken in.", "%(n)d lines taken in.", saved) % {"n": saved}
    count = sum(one.state in TAKEN_IN for one in lines)
    return ngettext(
        "%(n)d line could be taken in. Nothing was saved; add --apply to do it.",
        "%(n)d lines could be taken in. Nothing was saved; add --apply to do it.",
        count,
    ) % {"n": count}

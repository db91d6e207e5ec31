# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Lines of a spreadsheet, read by their columns: what they answer, and whom they are about.

Rules, each with a test:

* A line is never lost: what cannot be read of it is named, with its question, beside what can.
* Nothing is filled in that the file does not say, but for what a person chose for every line, and
  what follows from it: who was convicted had been charged; an appointment to come is booked.
* A line that was read once has a mark; read again, it is known by it, whatever order its columns
  stand in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from desktop_app.casework.answers import is_empty
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.letters import like_a_formula
from desktop_app.casework.names import fold
from desktop_app.casework.records import Answers, Json
from desktop_app.casework.sheets.cells import Reader, UnknownWord, formula_told, said
from desktop_app.casework.sheets.columns import (
    BORN,
    CLOCK,
    FORENAME,
    NAME,
    REF,
    SURNAME,
    WHO,
    Target,
    targets,
)
from desktop_app.casework.sheets.days import read_birth
from desktop_app.casework.sheets.people_words import WholeName, read_name, tidied
from desktop_app.casework.sheets.words import LEFT_OUT, OFFENCES, code_of
from desktop_app.casework.words import _

_WHO = {SURNAME: "surname", FORENAME: "forename"}
_AFTER_CHARGE = ("charged_on", "plea", "convicted_on", "disposal", "sentenced_on")
_pack = msgspec.msgpack.Encoder(order="deterministic").encode


class Row(NamedTuple):
    """A line as it stands in the file: its number, its cells, why it cannot be read at all."""

    number: int
    cells: Sequence[Json]
    wrong: str = ""


class Parsed(NamedTuple):
    """A line as it was read.

    Attributes:
        number: of the line.
        answers: to the questions of the form.
        who: surname, forename and born of whom it is about; of a list of clients the answers.
        ref: their reference, as typed.
        wrong: every reason why it cannot be taken in.
        unknown: words that are none of the answers offered, each with its code list.
    """

    number: int
    answers: Answers
    who: Answers
    ref: str = ""
    wrong: tuple[str, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Lines:
    """Reads the lines of one sheet.

    Attributes:
        reader: reads cells as answers of the form.
        columns: what each column answers, by its place.
        fixed: what every line answers that has no column for it.
    """

    reader: Reader
    columns: Mapping[int, str]
    fixed: Answers = field(default_factory=dict)
    _targets: dict[str, Target] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._targets = {one.name: one for one in targets(self.reader.form)}

    def parsed(self, row: Row) -> Parsed:
        """Return what a line says; it never fails, and never loses one."""
        if row.wrong:
            return Parsed(row.number, {}, {}, wrong=(row.wrong,))
        cells = {
            name: plain_cell(row.cells[place])
            for place, name in self.columns.items()
            if place < len(row.cells) and name in self._targets
        }
        cells = {name: cell for name, cell in cells.items() if not _empty(cell)}
        answers: Answers = {}
        wrong: dict[str, str] = {}
        unknown: list[tuple[str, str]] = []
        for name, cell in cells.items():
            asked = self._targets[name].field
            if asked is None or name.endswith(CLOCK):
                continue
            try:
                answer = self.reader.answer(asked, cell, clock=cells.get(name + CLOCK))
            except CaseworkError as error:
                wrong[name] = said(asked, error)
                unknown += _unknown(error)
            else:
                if not is_empty(answer):
                    answers[name] = answer
        who, also = self._who(cells, answers)
        followed, also_unknown = self._followed(answers, wrong)
        reasons = (*wrong.values(), *also, *followed)
        ref = str(cells.get(REF, ""))
        return Parsed(row.number, answers, who, ref, reasons, (*unknown, *also_unknown))

    def _who(self, cells: Mapping[str, Json], answers: Answers) -> tuple[Answers, list[str]]:
        """Return whom a line is about; in a list of clients, what it says of their name."""
        formula = any(str(cells.get(one, "")).startswith("=") for one in WHO)
        wrong = [formula_told()] if formula else []
        whole = read_name(str(cells.get(NAME, "")))
        is_of_clients = self.reader.form.name == "client"
        who: Answers = answers if is_of_clients else {}
        for target, name in _WHO.items():
            given = answers.get(name) if is_of_clients else cells.get(target)
            if not _empty(given):
                who[name] = tidied(" ".join(str(given).split()))
        if "surname" in who and whole.surname and fold(whole.surname) != fold(str(who["surname"])):
            whole = WholeName("", f"{whole.forename} {whole.surname}".strip(), whole.others)
        for name, part in (("surname", whole.surname), ("forename", whole.forename)):
            if part and name not in who:
                who[name] = part
        if whole.others:
            held = who.get("aliases")
            others = [*(held if isinstance(held, list) else ()), *whole.others]
            who["aliases"] = [*dict.fromkeys(str(one) for one in others)]
        if BORN in cells:
            try:
                who["born"] = read_birth(cells[BORN], self.reader.now.date())
            except CaseworkError as error:
                words = {"question": self._targets[BORN].label, "problem": str(error)}
                wrong.append(_("%(question)s: %(problem)s") % words)
        return who, wrong

    def _followed(
        self, answers: Answers, wrong: Mapping[str, str]
    ) -> tuple[list[str], list[tuple[str, str]]]:
        """Fill in what was chosen for every line, and what follows from what the line says."""
        for name, value in self.fixed.items():
            if name not in answers and name not in wrong:
                answers[name] = value
        form = self.reader.form.name
        now = self.reader.now.isoformat(timespec="minutes")
        if form == "appointment" and "state" not in {*answers, *wrong}:
            answers |= {"state": "booked"} if str(answers.get("booked_for", "")) > now else {}
        if form != "arrest":
            return [], []
        if "further_action" not in answers and any(one in answers for one in _AFTER_CHARGE):
            answers["further_action"] = "charged"
        offence = str(answers.get("offence", ""))
        if not offence or OFFENCES in answers or OFFENCES in wrong:
            return [], []
        group = code_of(OFFENCES, offence, self.reader.own.get(OFFENCES, {}))
        if group is not None and group != LEFT_OUT:
            answers[OFFENCES] = group
            return [], []
        error = UnknownWord(OFFENCES, offence)
        asked = self.reader.form.fields[OFFENCES]
        return [said(asked, error)], _unknown(error)


def mark(form: str, parsed: Parsed) -> bytes:
    """Return the mark of a line: the same for the same words about the same person."""
    told = [form, parsed.ref, sorted(parsed.answers.items()), sorted(parsed.who.items())]
    return blake2b(_pack(told), digest_size=16, person=b"tandem-lines").digest()


def plain_cell(cell: Json) -> Json:
    """Return a cell without the apostrophe that keeps a spreadsheet from reading a formula."""
    if not isinstance(cell, str):
        return cell
    text = cell.strip()
    return text[1:].strip() if text[:1] == "'" and like_a_formula(text[1:]) else text


def _unknown(error: CaseworkError) -> list[tuple[str, str]]:
    return [(error.list_name, error.word)] if isinstance(error, UnknownWord) else []


def _empty(cell: Json) -> bool:
    return cell is None or cell == ""

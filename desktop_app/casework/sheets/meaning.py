# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What each line of a spreadsheet becomes, and why one becomes nothing.

Rules, each with a test:

* The same line twice, in one file or in two readings of it, is taken in once.
* Somebody who is here already is not put on the casebook again; of somebody who may be, a person
  decides: the same, new, or later. Later keeps the line in the casebook, apart from the clients.
* An event of the same client, day and kind is recognised, and brought up to date with what the line
  says of what followed; nothing is doubled.
* Adults only: of somebody under 18 nothing is kept, not even to be looked at later.
* A line that is wrong in one cell is wrong whole: nothing of it is taken in, and it is told why.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from desktop_app.casework import forms, intake
from desktop_app.casework.answers import is_empty
from desktop_app.casework.dates import say_moment
from desktop_app.casework.forms import Form
from desktop_app.casework.names import full_name
from desktop_app.casework.people import Team
from desktop_app.casework.records import Answers, Live, Record, RecordId
from desktop_app.casework.reference import reference
from desktop_app.casework.sheets.events import Events, in_words
from desktop_app.casework.sheets.lines import Parsed, mark
from desktop_app.casework.sheets.matching import Candidate, Found, Index, likely_enough, somebody
from desktop_app.casework.wording import told
from desktop_app.casework.words import _

NEW, SAME, LATER, OUT = "new", "same:", "later", "out"
"""What a person decides of a line: a new client, the same as one (its id follows), later, never."""


class State(StrEnum):
    """What becomes of a line."""

    NEW = "new"
    CHANGES = "changes"
    FILLS = "fills"
    HERE = "here"
    CHOOSE = "choose"
    NOBODY = "nobody"
    WRONG = "wrong"
    OUT = "out"


TAKEN_IN = (State.NEW, State.CHANGES, State.FILLS)
WAITS = (State.CHOOSE, State.NOBODY)


class Meant(NamedTuple):
    """What one line becomes.

    Attributes:
        line: its number.
        state: what becomes of it.
        says: that in words.
        why: why it becomes nothing, or not yet; or whom it may be about.
        among: whom it may be about, the likeliest first.
        unknown: words of it that are none of the answers offered, each with its code list.
    """

    line: int
    state: State
    says: str = ""
    why: str = ""
    among: tuple[Candidate, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()


class Make(NamedTuple):
    """What is to be written of a line.

    Attributes:
        record: the record altered, or the new one's id.
        client: whom it is about.
        answers: of the new record, or what changes.
        mark: by which the line is known when it is read again.
        new: whether it makes a record.
        fills: whether only what is not answered yet may be written.
    """

    record: RecordId
    client: RecordId
    answers: Answers
    mark: bytes
    new: bool = True
    fills: bool = False


@dataclass(slots=True)
class Meaning:
    """Says what the lines of one reading become, one after another, in the order they stand in.

    Attributes:
        form: what each of them is.
        team: whose names are said.
        today: the day it is.
        index: everybody a line may be about.
        events: what is held of these clients already.
        taken: the marks of lines that were taken in before.
        new_id: makes the id of a record.
        decided: what a person decided, by the number of the line.
        met: the clients already here that lines are about.
    """

    form: Form
    team: Team
    today: date
    index: Index
    events: Events
    taken: frozenset[bytes] | set[bytes]
    new_id: Callable[[], RecordId]
    decided: Mapping[int, str] = field(default_factory=dict)
    met: dict[RecordId, None] = field(default_factory=dict)
    _seen: dict[bytes, int] = field(default_factory=dict)

    def meant(self, parsed: Parsed) -> tuple[Meant, Make | None]:
        """Return what a line becomes, and what is to be written of it."""
        line, decided = parsed.number, self.decided.get(parsed.number, LATER)
        if decided == OUT:
            return Meant(line, State.OUT, _("Left out")), None
        if parsed.wrong:
            return self._wrong(parsed, *parsed.wrong)
        marked = mark(self.form.name, parsed)
        if marked in self.taken:
            return Meant(line, State.HERE, self._plainly(parsed), _("Taken in before.")), None
        if marked in self._seen:
            words = _("The same stands on line %(line)d.") % {"line": self._seen[marked]}
            return Meant(line, State.HERE, self._plainly(parsed), words), None
        self._seen[marked] = line
        if self.form.name == "client":
            return self._newcomer(parsed, decided, marked)
        return self._about_somebody(parsed, decided, marked)

    # A list of clients

    def _newcomer(self, parsed: Parsed, decided: str, marked: bytes) -> tuple[Meant, Make | None]:
        answers = intake.with_tidy_names(parsed.answers)
        found_wrong = forms.problems(self.form, answers, today=self.today.isoformat())
        found_wrong = [*found_wrong, *intake.problems(answers, on=self.today)]
        if found_wrong:
            return self._wrong(parsed, *(self._said(one) for one in found_wrong))
        if decided.startswith(SAME):
            client = bytes.fromhex(decided.removeprefix(SAME))
            self.met[client] = None
            words = _("The same person: what is missing there is filled in")
            make = Make(client, client, answers, marked, new=False, fills=True)
            return Meant(parsed.number, State.FILLS, words, full_name(answers)), make
        who = somebody(answers)
        found = self.index.find(who)
        among = likely_enough(found)
        self._meet(found)
        if found.sure is not None and decided != NEW:
            return self._here_already(parsed, found.sure)
        if among and decided != NEW:
            why = _("Perhaps %(who)s") % {"who": _candidates(among[:1])}
            says = self._in_words(answers)
            return Meant(parsed.number, State.CHOOSE, says, why, among), None
        record = self.new_id()
        self.index.add(who, line=parsed.number)
        make = Make(record, record, answers, marked)
        return Meant(parsed.number, State.NEW, self._in_words(answers)), make

    def _here_already(self, parsed: Parsed, who: Candidate) -> tuple[Meant, None]:
        says = full_name(parsed.answers)
        if who.client:
            words = {"who": who.name, "ref": reference(who.client)}
            return Meant(
                parsed.number, State.HERE, says, _("Already here: %(who)s (%(ref)s).") % words
            ), None
        words_of = {"who": who.name, "line": who.line}
        said = _("Stands on line %(line)d already: %(who)s.") % words_of
        return Meant(parsed.number, State.HERE, says, said), None

    # A list about clients

    def _about_somebody(
        self, parsed: Parsed, decided: str, marked: bytes
    ) -> tuple[Meant, Make | None]:
        if wrong := self._wrong_about(parsed):
            return self._wrong(parsed, *wrong)
        if decided.startswith(SAME):
            client = bytes.fromhex(decided.removeprefix(SAME))
            self.met[client] = None
            return self._of_client(parsed, client, "", marked)
        found = self.index.find(somebody(parsed.who), ref=parsed.ref)
        self._meet(found)
        says = f"{full_name(parsed.who)} · {self._in_words(parsed.answers)}"
        if found.sure is not None:
            return self._of_client(parsed, found.sure.client, found.sure.name, marked)
        if found.likely:
            why = _("Perhaps %(who)s") % {"who": _candidates(found.likely[:1])}
            return Meant(parsed.number, State.CHOOSE, says, why, found.likely), None
        why = _("Nobody in this casebook. It waits here until the client is.")
        return Meant(parsed.number, State.NOBODY, says, why), None

    def _wrong_about(self, parsed: Parsed) -> list[str]:
        """Return why a line about somebody cannot be taken in."""
        who = parsed.who
        if not (who.get("surname") or who.get("forename") or parsed.ref):
            return [_("It does not say which client it is about.")]
        young = [one for one in intake.problems(who, on=self.today) if one.field == "born"]
        if young:
            return [one.message for one in young]
        found = forms.problems(self.form, parsed.answers, today=self.today.isoformat())
        return [self._said(one) for one in found]

    def _of_client(
        self, parsed: Parsed, client: RecordId, name: str, marked: bytes
    ) -> tuple[Meant, Make | None]:
        says = self._in_words(parsed.answers)
        says = f"{name or full_name(parsed.who)} · {says}"
        held = self.events.same(client, parsed.answers)
        if held is None:
            record = self.new_id()
            self.events.add(client, record, parsed.answers, line=parsed.number)
            make = Make(record, client, parsed.answers, marked)
            return Meant(parsed.number, State.NEW, says), make
        changed = self.events.changed(held, parsed.answers)
        differs = self.events.words(changed)
        whole = {**held.answers, **changed}
        wrong = forms.problems(self.form, whole, today=self.today.isoformat())
        if wrong:
            return self._wrong(parsed, *(self._said(one) for one in wrong))
        if not changed:
            return Meant(parsed.number, State.HERE, says, _("Already here, and the same.")), None
        written = forms.whole_groups(self.form, changed, whole)
        held.answers.update(changed)
        make = Make(held.record, client, written, marked, new=False)
        return Meant(parsed.number, State.CHANGES, says, differs), make

    # Words

    def _meet(self, found: Found) -> None:
        for one in (found.sure, *found.likely):
            if one is not None and one.client:
                self.met[one.client] = None

    def _wrong(self, parsed: Parsed, *reasons: str) -> tuple[Meant, None]:
        why = " ".join(dict.fromkeys(reasons))
        says = self._plainly(parsed)
        return Meant(parsed.number, State.WRONG, says, why, unknown=parsed.unknown), None

    def _plainly(self, parsed: Parsed) -> str:
        """Return who a line is about, as far as that is known."""
        said = parsed.answers if self.form.name == "client" else parsed.who
        return full_name(said) if any(said.get(one) for one in intake.NAMED) else ""

    def _said(self, one: forms.Problem) -> str:
        asked = self.form.fields.get(one.field)
        if asked is None or is_empty_answer(one.message, asked.label):
            return one.message
        words = {"question": _(asked.label), "problem": one.message}
        return _("%(question)s: %(problem)s") % words

    def _in_words(self, answers: Answers) -> str:
        if self.form.name == "client":
            told_of = (
                in_words(asked, answers[asked.name])
                for asked in self.form.field
                if asked.name in answers and asked.name not in ("surname", "forename")
            )
            return " · ".join((full_name(answers), *told_of))
        live = Live(0, 0, 0, 0, answers)
        record = Record(bytes(16), self.form.name, bytes(16), self.form.audience, "", [live])
        said = told(record, self.team, on=self.today)
        when = say_moment(said.when, self.today) if said.when else ""
        parts = (said.title, when, said.place, " ".join(said.summary.split("\n")))
        return " · ".join(dict.fromkeys(one for one in parts if one))


def is_empty_answer(message: str, label: str) -> bool:
    """Say whether a problem names its question already: "Answer “Kind of offence”."""
    return f"“{_(label)}”" in message


def counted(lines: Counter[State] | Mapping[State, int]) -> dict[str, int]:
    """Return how many lines of each state there are, by its name."""
    return {state.value: lines[state] for state in State if lines.get(state)}


def _candidates(among: tuple[Candidate, ...]) -> str:
    said = []
    for one in among:
        at = reference(one.client) if one.client else _("line %(line)d") % {"line": one.line}
        said.append(f"{one.name} ({at}): {one.why}")
    return "; ".join(said)


def filled(held: Answers, answers: Answers, form: Form) -> Answers:
    """Return what may be filled in of a record: whole groups, and single questions, left empty."""
    names = {name for name in answers if is_empty(held.get(name)) and name in form.fields}
    taken = {
        group for one in form.field if (group := one.group) and not is_empty(held.get(one.name))
    }
    return {name: answers[name] for name in names if form.fields[name].group not in taken - {""}}

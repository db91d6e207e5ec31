# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Pictures of the person loop: every board and what its answers open, and what is written down."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QScrollArea, QWidget
from shiboken6 import isValid

from desktop_app.casework import taken_twice
from desktop_app.casework.assignments import Assignment
from desktop_app.casework.due import CaseFile, Facts, Look
from desktop_app.casework.posture_rows import TAKE_BACK
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import RecordId
from desktop_app.casework.taken_twice import Twice
from storage import reads
from storage.store import Store
from tests.pictures import papers
from ui.kit.problem_summary import ProblemSummary
from ui.open_casebook import OpenCasebook
from ui.pages.agreements import AgreementsPage
from ui.pages.boards import BoardsPage
from ui.pages.client import ClientPage
from ui.pages.criteria import CriteriaPage
from ui.pages.export_panel import ExportPanel
from ui.pages.form_panel import FormPanel
from ui.pages.record import RecordPage
from ui.pages.record_open import OpenRecord
from ui.pages.scoring import ScoringPage
from ui.pages.scrutiny import COMPARED, DECIDED, TURNS, ScrutinyPage
from ui.pages.team import TeamPage
from ui.pages.team_promise import GapsCard
from ui.pages.today_doing import OPEN
from ui.places import Place

if TYPE_CHECKING:
    from tests.pictures.run import Gallery

T = TypeVar("T")
BEGIN = ("board_", "answer_", "person_")
"""How the names of these pictures begin, after the role."""
_PANELS = {
    "key_worker": (
        *("posture", "boundary", "offer", "handover_pack", "card", "release_day", "removal"),
        *("nomination", "cohort", "support", "handover"),
    ),
    "officer": ("posture", "boundary", "decision", "redecide", "notice", "retell", "letter"),
    "nurse": ("treatment", "reporting_consent"),
    "coordinator": (
        "nomination",
        "decision",
        "redecide",
        "notice",
        "retell",
        "removal",
        "boundary",
    ),
    "analyst": (),
}
_WRONG = frozenset({"posture", "boundary", "offer", "decision", "removal", "nomination", "notice"})
"""Panels also drawn with what is missing."""
_RECORDS = {
    "officer": ("arrest", "police_contact"),
    "nurse": ("clinical_note", "need"),
    "key_worker": ("goal",),
    "coordinator": (),
    "analyst": (),
}


class Pages:
    """Draws one open casebook in every look."""

    def __init__(self, gallery: "Gallery", book: OpenCasebook, whose: str) -> None:
        self.gallery, self.book, self.whose = gallery, book, whose

    def settled(self) -> bool:
        """Say whether nothing is under way."""
        return not self.book.session.busy and not self.book.exchanging.running

    def read(self, ask: Callable[[Store], T]) -> T:
        """Read where the casebook is worked with: two threads would wait for each other."""
        found: T = self.book.session.work(ask).result()
        return found

    def clients(self, form: str) -> list[RecordId]:
        """Return whom there is a record about."""
        held = self.read(lambda vault: reads.records(vault, form=form))
        return list(dict.fromkeys(one.client for one in held))

    def wants(self, *names: str) -> bool:
        """Say whether one of some pictures is wanted."""
        return self.gallery.wants(*(f"{self.whose}_{one}" for one in names))

    def go(self, where: Place) -> QWidget:
        """Go somewhere and return the page."""
        self.gallery.go(self.book, where)
        return self.book.frame.page(where.page)

    def keep(self, name: str, *, settle: Callable[[], bool] | None = None) -> None:
        """Draw the window as it is."""
        self.gallery.wait(self.settled)
        whole = f"{self.whose}_{name}"
        self.gallery.draw(self.book.frame, whole, settle=settle or self.settled, more=False)

    def panel(self, name: str, panel: FormPanel | None, *, wrong: bool = False) -> None:
        """Draw a panel that is open, and what it says when it is saved empty; put it away."""
        if panel is None:
            return
        self.keep(name)
        if wrong and not isinstance(panel, ExportPanel):  # one that is filled in asks where to
            panel.save()
            self.gallery.wait(self.settled)
            if not isValid(panel):  # nothing was missing: it is saved
                self.keep(f"{name}_done")
                return
            if any(one.isVisible() for one in panel.findChildren(ProblemSummary)):
                self.keep(f"{name}_problem")
        panel.end()
        self.gallery.wait(self.settled)


def draw_person(gallery: "Gallery", book: OpenCasebook, _store: Store, whose: str) -> None:
    """Draw what one role meets of the person loop."""
    pages = Pages(gallery, book, whose)
    if pages.wants("board_", "answer_"):
        _boards(pages)
    if pages.wants("person_"):
        _client_panels(pages)
        _records(pages)
    if whose == "coordinator" and pages.wants("person_"):
        _scrutiny(pages)
        _numbers(pages)
        _criteria(pages)
    if whose in ("coordinator", "officer") and pages.wants("person_agreements"):
        _agreements(pages)
    if pages.wants("person_disclosure"):
        _disclosure(pages)
    if whose in ("nurse", "key_worker") and pages.wants("person_"):
        papers.draw_plan(pages)
    if whose == "key_worker" and pages.wants("person_"):
        papers.draw_paper(pages)


def _boards(pages: Pages) -> None:
    page = pages.go(Place("boards"))
    assert isinstance(page, BoardsPage)
    for name in page.boards:
        pages.go(Place("boards", form=name))
        pages.keep(f"board_{name}")
    _counting(pages, page)
    _taken_twice(pages, page)
    done = {OPEN}
    for name in page.boards:
        pages.go(Place("boards", form=name))
        dues = page._filled[name].dues
        codes = dict.fromkeys(answer.code for due in dues for answer in due.answers)
        for code in [one for one in codes if one not in done]:
            done.add(code)
            if pages.wants(f"answer_{code}"):
                pages.go(Place("boards", form=name))
                _answer(pages, page, name, code)


def _taken_twice(pages: Pages, page: BoardsPage) -> None:
    """Draw the row of somebody two people have taken over."""
    if not pages.wants("board_twice"):
        return
    session, team = page.session, page.session.team
    held = pages.read(
        lambda vault: next(iter(read_all(Assignment, reads.records(vault, form=Assignment.form))))
    )
    client = pages.read(lambda vault: reads.client(vault, held.record.client))
    assert client is not None
    people = [one.id for one in team.persons.values() if one.id != held.worker][:2]
    look = Look(Facts((), team), session.me, session.now())
    due = taken_twice._due(Twice(held, tuple(people)), CaseFile(client, ()), look)
    pages.go(Place("boards", form="handovers"))
    filled = page._filled["handovers"]
    dues = (due, *filled.dues)
    twice = replace(filled, shown=replace(filled.shown, dues=dues, count=len(dues), late=1))

    def held_up() -> bool:
        if pages.settled() and due.key not in page.rows.rows:
            page.list.set_counts({"handovers": twice.shown})
            page.card.show_rows(twice, {}, now=session.now())
        return pages.settled()

    pages.keep("board_twice", settle=held_up)
    page.refresh()


def _counting(pages: Pages, page: BoardsPage) -> None:
    """Draw a board of which some are still to be gone through."""
    if not pages.wants("board_counting"):
        return
    name = "not_seen" if "not_seen" in page.boards else next(iter(page.boards))
    pages.go(Place("boards", form=name))
    filled = page._filled[name]
    left = replace(filled, shown=replace(filled.shown, left=1_284, dues=filled.dues[:3]))

    def held() -> bool:
        if pages.settled() and not page.card.working.isVisible():
            page.list.set_counts({name: left.shown})
            page.card.show_rows(left, {}, now=page.session.now())
        return pages.settled()

    pages.keep("board_counting", settle=held)
    page.refresh()


def _answer(pages: Pages, page: BoardsPage, name: str, code: str) -> None:
    dues = page._filled[name].dues
    some = [one for one in dues if any(each.code == code for each in one.answers)]
    if code in ("seen", "not_seen"):  # the first is nobody to be visited alone: a page opens
        some.reverse()
    due = some[0] if some else None
    if due is None or due.key not in page.rows.rows:
        return
    page.rows.go_to(due.key)
    page.rows.answered.emit(due.key, code)
    pages.gallery.wait(pages.settled)
    if page.panel is not None:
        pages.panel(f"answer_{code}", page.panel, wrong=True)
    else:
        pages.keep(f"answer_{code}")


def _client_panels(pages: Pages) -> None:
    for code in _PANELS[pages.whose]:
        if not pages.wants(f"person_{code}"):
            continue
        for client in _who(pages, code):
            page = pages.go(Place("client", client))
            assert isinstance(page, ClientPage)
            page.do(code)
            pages.gallery.wait(pages.settled)
            if page.panel is not None:
                pages.panel(f"person_{code}", page.panel, wrong=code in _WRONG)
                break
    if pages.wants("person_take_back"):
        for client in pages.clients("posture"):
            page = pages.go(Place("client", client))
            assert isinstance(page, ClientPage)
            page.do(TAKE_BACK)
            pages.gallery.wait(pages.settled)
            if page.panel is not None:
                pages.panel("person_take_back", page.panel, wrong=True)
                break


def _who(pages: Pages, code: str) -> Iterator[RecordId]:
    """Yield whom a panel may be drawn of, the likeliest first."""
    of = {
        "release_day": "setting",
        "redecide": "decision",
        "decision": "nomination",
        "notice": "cohort",
        "retell": "notice",
        "letter": "notice",
        "removal": "removal",
    }.get(code, "alert")
    yield from pages.clients(of)
    yield from pages.clients("support")


def _records(pages: Pages) -> None:
    client = pages.clients("alert")[0]
    for form in _RECORDS[pages.whose]:
        pages.go(Place("record", client, form=form))
        pages.keep(f"person_record_{form}")


def _scrutiny(pages: Pages) -> None:
    page = pages.go(Place("scrutiny"))
    assert isinstance(page, ScrutinyPage)
    for part in (TURNS, COMPARED, DECIDED):
        page.part.set_value(part)
        page._choose(part)
        pages.keep(f"person_scrutiny_{part}")
    page.open_panel()
    pages.panel("person_scrutiny_out", page.beside.panel, wrong=True)


def _numbers(pages: Pages) -> None:
    page = pages.go(Place("team"))
    assert isinstance(page, TeamPage)

    def to_end() -> bool:
        for area in page.findChildren(QScrollArea):
            area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
        return pages.settled()

    def to_gaps() -> bool:
        (gaps,) = page.findChildren(GapsCard)
        for area in page.findChildren(QScrollArea):
            area.ensureWidgetVisible(gaps, 0, 40)
        return pages.settled()

    pages.keep("person_numbers", settle=to_gaps)
    pages.keep("person_numbers_end", settle=to_end)
    (gaps,) = page.findChildren(GapsCard)
    next(iter(gaps.fields.values())).setText("soon")
    gaps.save()
    pages.keep("person_numbers_problem", settle=to_gaps)


def _agreements(pages: Pages) -> None:
    """Draw what organisations agreed to: to read, to write down, to renew, and none in force."""
    page = pages.go(Place("agreements"))
    assert isinstance(page, AgreementsPage)
    pages.keep("person_agreements")
    if not page.may:
        return
    page.write.click()
    pages.panel("person_agreements_write", page.panel, wrong=True)
    for code in ("renew", "end"):
        page._answer(page.rows.current(), code)
        pages.panel(f"person_agreements_{code}", page.panel)


def _disclosure(pages: Pages) -> None:
    """Draw a disclosure: with agreements to choose from, and to an agency that signed none."""
    client = pages.clients("alert")[0]
    page = pages.go(Place("record", client, form="disclosure"))
    assert isinstance(page, RecordPage)
    pages.keep("person_disclosure")
    assert isinstance(page.open, OpenRecord)
    page.open.view.resume({"agency": "housing"})
    page.open._said()
    pages.keep("person_disclosure_no_agreement")
    page.open.discard()


def _criteria(pages: Pages) -> None:
    page = pages.go(Place("criteria"))
    assert isinstance(page, CriteriaPage)
    pages.keep("person_criteria")
    page.sign()
    pages.panel("person_criteria_sign", page.panel, wrong=True)
    page.decide()
    pages.gallery.wait(pages.settled)
    pages.panel("person_criteria_rule", page.panel)
    page.begin()
    pages.keep("person_criteria_write")
    assert page.editor is not None
    page.editor.save()
    pages.keep("person_criteria_write_problem")
    page.editor.put_away()
    client = pages.clients("scoring")[0]
    scoring = pages.go(Place("scoring", client))
    assert isinstance(scoring, ScoringPage)
    pages.keep("person_scoring")
    scoring.save()
    pages.keep("person_scoring_problem")

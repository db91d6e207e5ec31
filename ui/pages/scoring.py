# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Scoring somebody by the criteria in force: points, evidence and source, the total as it grows.

Rules, each with a test:

* Nothing is filled in by itself: what the records say, and what was given the time before, is
  taken with a press or not at all.
* A score is saved when every criterion has its answer, its evidence and its source.
* Evidence can be kept with the nurse or the police by whoever holds it; the others read that it is.
* Nobody is scored by criteria that are not in force, and nobody who may be under 18.
"""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework import intake
from desktop_app.casework.matrix import Version
from desktop_app.casework.names import full_name
from desktop_app.casework.records import Answers, RecordId
from desktop_app.casework.reference import reference
from desktop_app.casework.scoring import evidence_words, total
from desktop_app.casework.scoring_evidence import said_of
from desktop_app.casework.words import _
from storage.store import Draft, Saved, Store
from ui import theme
from ui.drafting import Drafting
from ui.kit.buttons import Button, button
from ui.kit.card import Card, clear, down, holding, reading
from ui.kit.empty import Empty
from ui.kit.labels import Rule, label
from ui.kit.notice import announce
from ui.kit.problem_summary import ProblemSummary
from ui.pages.beside import Beside, claim_focus
from ui.pages.scoring_parts import CriterionBox, as_draft, from_draft
from ui.pages.scoring_read import (
    Facts,
    Given,
    edits,
    gather,
    lacks,
    points_of,
    shown_in_room,
    shown_of,
)
from ui.pages.scoring_total import TotalCard
from ui.places import Place
from ui.session import Session
from ui.theme import BOLD
from ui.tokens import L, M, S

SIDE, TIGHT = 300, 250


class ScoringPage(QWidget):
    """A score.

    Signals:
        go: a `Place` to be taken to.
        done: the person is done here.
    """

    go = Signal(object)
    done = Signal()
    help_topic = "choosing"

    def __init__(self, session: Session, *, in_a_room: bool = False) -> None:
        """Make the page.

        Args:
            session: who scores.
            in_a_room: whether a whole room sees it: nobody is named, and only what is for all
                partners is read and kept.
        """
        super().__init__()
        self.session, self.in_a_room = session, in_a_room
        self.client: RecordId = b""
        self.facts = Facts()
        self.boxes: list[CriterionBox] = []
        self.drafting: Drafting | None = None
        self.title, self.by = label("", "h1", weight=BOLD), label("", tone="muted", wrap=True)
        self.problems = ProblemSummary()
        self.total = TotalCard()
        self.total.changed.connect(self._touched)
        self.total.saved.connect(self.save)
        self._asked, self._nothing = QVBoxLayout(), QVBoxLayout()
        self._lay_out()
        session.changed.connect(self._changed)

    def show_place(self, place: Place) -> None:
        """Score a client; what was typed of another one stays as its draft."""
        client = place.client or b""
        if client == self.client and self.boxes:
            return
        if self.drafting is not None:
            self.drafting.flush()
        self.client = client
        self.refresh()

    def refresh(self) -> None:
        """Ask for the client and the criteria as they are now."""
        client, team, day, room = (
            self.client,
            self.session.team,
            self.session.today(),
            self.in_a_room,
        )

        def ask(store: Store) -> Facts:
            return gather(store, client, team, day, in_a_room=room)

        shows = shown_in_room if room else shown_of
        self.session.ask(ask, self._show, shows=shows, owner=self, name="scoring")

    def panes(self) -> list[QWidget]:
        """Return the parts of the page, for F6."""
        return self.beside.parts()

    def given(self) -> dict[RecordId, Given]:
        """Return what is given, by criterion."""
        return {box.line.criterion.record.id: box.given() for box in self.boxes}

    def save(self) -> None:
        """Save, unless something has to be put right first."""
        given, session = self.given(), self.session
        wrong: list[tuple[str, QWidget]] = [
            (words, box.bands)
            for box in self.boxes
            if (words := lacks(box.line.criterion, box.given()))
        ]
        more = self.total.answers()
        if more and "override_reason" not in more:
            wrong.append((_("Say why the score is set aside."), self.total.reason))
        self.problems.show_problems(wrong, drafted=bool(self.drafting and self.drafting.holds))
        if wrong or self.facts.version is None:
            return
        self.total.save.setEnabled(False)

        def saved(_saved: Saved) -> None:
            if self.drafting is not None:
                self.drafting.drop()
            self._forget()
            self.total.save.setEnabled(True)
            announce(self, _("Saved"))
            self.done.emit()

        session.save(edits(session, self.facts, given, more), saved)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the total a width it is read at."""
        super().resizeEvent(event)
        roomy = self.width() > theme.px(1000)
        self.beside.set_side_width(theme.px(SIDE if roomy else TIGHT))

    def _lay_out(self) -> None:
        self._asked.setSpacing(0)
        main = Card()
        main.layout().setContentsMargins(16, 6, 6, 6)  # type: ignore[union-attr]
        main.add(reading(holding(down(self.problems, self._asked, None, gap=0))), 1)
        side = reading(holding(down(self.total, None, gap=M)))
        self.beside = Beside(main, side)
        self._nobody = holding(self._nothing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(L, M, L, M)
        whole.setSpacing(S)
        whole.addLayout(down(self.title, self.by, gap=2))
        whole.addWidget(self.beside, 1)
        whole.addWidget(self._nobody, 1)

    def _forget(self) -> None:
        clear(self._asked)
        self.boxes, self.drafting = [], None

    def _show(self, facts: Facts) -> None:
        self._forget()
        self.facts = facts
        client, version = facts.client, facts.version
        who = full_name(client.answers) if client is not None else ""
        if client is not None and self.in_a_room:
            who = reference(client.id)
        self.title.setText(_("Score of %(name)s") % {"name": who} if who else _("Score"))
        child = ""
        if client is not None:
            child = intake.on_no_list(client.answers, on=self.session.today())
        ready = version is not None and client is not None and not child
        self.beside.setVisible(ready)
        self._nobody.setVisible(not ready)
        self.by.setText(_said_by(version) if version else "")
        clear(self._nothing)
        if ready and version is not None:
            self._ask(facts)
            return
        empty = _why_not(self, facts, child)
        self._nothing.addWidget(empty)
        empty.show()  # at once: what is shown only later cannot take the focus now
        self.setFocusProxy(empty)
        claim_focus(self, empty)

    def _ask(self, facts: Facts) -> None:
        holds = frozenset[str]() if self.in_a_room else self.session.me.audiences
        for number, line in enumerate(facts.lines, start=1):
            said = said_of(line.criterion, facts.records, self.session.today())
            box = CriterionBox(number, line, said, before=before(facts, number - 1), holds=holds)
            box.changed.connect(self._touched)
            if number > 1:
                self._asked.addWidget(Rule())
            self._asked.addWidget(box)
            self.boxes.append(box)
        self.total.give({})
        self.total.show_room(facts.capacity)
        self.problems.show_problems([])
        self.drafting = Drafting(
            self.session, "scoring", client=self.client, typed=self._typed, parent=self
        )
        self.drafting.fetch(self._resume)
        self._count()
        QTimer.singleShot(0, self, self._start)  # once they are laid out

    def _changed(self, touched: frozenset[bytes]) -> None:
        """Take in what arrived, unless somebody is at it: what they gave stays as it is."""
        begun = any(box.given() != Given() for box in self.boxes)
        if self.client in touched and self.isVisible() and not begun:
            self.refresh()

    def _start(self) -> None:
        if self.boxes and self.isVisible():
            claim_focus(self, self.boxes[0].bands)

    def _touched(self) -> None:
        if self.drafting is not None:
            self.drafting.touched()
        self._count()

    def _count(self) -> None:
        version = self.facts.version
        if version is None:
            return
        given = self.given()
        whole = [box for box in self.boxes if not lacks(box.line.criterion, box.given())]
        self.total.show_total(
            total(version.criteria, points_of(given)),
            version.threshold,
            answered=len(whole),
            asked=len(self.boxes),
        )

    def _typed(self) -> Answers:
        kept = {key.hex(): as_draft(one) for key, one in self.given().items()}
        return {"given": dict(kept), **self.total.answers()}

    def _resume(self, draft: Draft | None) -> None:
        held = draft.answers.get("given") if draft is not None else None
        if draft is None or not isinstance(held, dict):
            return
        for box in self.boxes:
            given = from_draft(held.get(box.line.criterion.record.id.hex()))
            if given is not None:
                box.give(given)
        self.total.give(draft.answers)
        self._count()


def before(facts: Facts, at: int) -> Given:
    """Return what was given the time before."""
    score = facts.lines[at].before
    if score is None:
        return Given()
    words = evidence_words(score, facts.records)
    return Given(score.points, words, score.source, score.kept_with)


def _way_on(page: ScoringPage, facts: Facts, child: str) -> Button:
    """Return what leads on from where nobody is scored: a room goes back to its card."""
    if page.in_a_room or child or facts.client is None:
        back = button(_("&Back"), icon="arrow-left")
        back.clicked.connect(page.done)
        return back
    criteria = button(_("Criteria"), icon="scale")
    criteria.clicked.connect(lambda: page.go.emit(Place("criteria")))
    return criteria


def _why_not(page: ScoringPage, facts: Facts, child: str) -> Empty:
    """Return why nobody is scored here, and what can be done about it."""
    act = _way_on(page, facts, child)
    if facts.client is None:
        why = _("The record may not have arrived yet, or you may not hold it.")
        return Empty("user-x", _("This client is not on this laptop."), why=why, act=act)
    if child:
        return Empty("user-x", _("Nobody is scored who may be under 18."), why=child, act=act)
    why = _("The partners have not agreed on any yet. Until they do, nobody is scored.")
    if facts.lacking is not None:
        why = facts.lacking.words
    return Empty("scale", _("No criteria are in force"), why=why, act=act)


def _said_by(version: Version) -> str:
    """Return by which criteria somebody is scored, and what no evidence may be."""
    words = _("By: %(criteria)s. Nothing covert belongs here.")
    return words % {"criteria": version.called}

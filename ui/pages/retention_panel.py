# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Deciding: keep records longer, or erase them. Erasing asks for the reference to be typed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea

from desktop_app.casework import audit
from desktop_app.casework.forms import form
from desktop_app.casework.records import Answers, Edit, RecordId
from desktop_app.casework.retention import ERASE, KEEP, RETENTION, decision
from desktop_app.casework.words import _
from storage import repacking
from storage.store import Saved, Store
from sync import erasing
from ui.kit.buttons import Kind
from ui.kit.card import across, down
from ui.kit.labels import Part, label
from ui.kit.notice import Notice
from ui.pages.form_panel import FormPanel, Plan
from ui.pages.retention_words import Item, erasing_says
from ui.session import Session
from ui.theme import SEMI
from ui.tokens import XS, S

CLEAR = 4
"""How far the words keep from the ring where the keyboard is."""


class DecisionPanel(FormPanel):
    """Asks on whose authority and why, and saves the decision."""

    def __init__(self, session: Session, item: Item, *, choice: str) -> None:
        self.item, self.choice = item, choice
        asked = ("until_on", "authority", "reason") if choice == KEEP else ("authority", "reason")
        keeps = choice == KEEP
        plan = Plan(
            RETENTION,
            _("Keep longer") if keeps else _("Erase for good"),
            _("Keep longer") if keeps else _("Erase"),
            preset={"decision": choice},
            leave_out=tuple(one.name for one in form(RETENTION).field if one.name not in asked),
            says=() if keeps else (_erasing(item),),
            who=item.about,
            kept_to=item.due.audience,
        )
        super().__init__(session, plan, item.due.client)
        self.typed = QLineEdit()
        self.wrong = Notice("", "bad")
        self.wrong.hide()
        if choice == ERASE:
            self._ask_to_type()

    def start(self) -> None:
        """Begin with the first question, or, where the window is low, with what goes.

        What goes is read before anything is typed: it is shown from its first line, and the arrow
        keys move it; Tab comes to the first question.
        """
        super().start()
        focus = QApplication.focusWidget()
        for area in self.findChildren(QScrollArea):
            if focus is None or not area.isAncestorOf(focus):
                continue
            area.verticalScrollBar().setValue(0)
            below = focus.mapTo(area, focus.rect().bottomLeft()).y() > area.viewport().height()
            if below:
                area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                area.setAccessibleName(_("What goes and what stays"))
                area.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Save the decision, unless something has to be put right first."""
        asked, session = self._questions, self._session
        if not asked.may_be_saved() or not self._meant():
            return
        edits = [self._edit(answers) for answers in self._decided()]
        if self.choice == ERASE:
            edits.append(self._entry(edits[0]))
        now_ms = session.clock.now_ms()
        self.act.setEnabled(False)

        def decide(store: Store) -> Saved:
            more = session.alterations(store, edits)
            saved = erasing.decide(store, [*edits, *more], now_ms=now_ms)
            repacking.sweep(store)
            return saved

        def done(saved: Saved) -> None:
            asked.drafting.drop()
            session.changed.emit(saved.touched)
            self.saved.emit(edits[0])
            self.closed.emit()

        session.work(decide, done, owner=self)

    def _decided(self) -> list[Answers]:
        given = self._questions.answers()
        return decision(
            self.item.due,
            choice=self.choice,
            by=self._session.me.id,
            today=self._session.today(),
            authority=str(given.get("authority", "")),
            reason=str(given.get("reason", "")),
            until=str(given.get("until_on", "")),
        )

    def _edit(self, answers: Answers) -> Edit:
        audience = self.item.due.audience
        return self._session.edit(
            RETENTION, answers, client=self.item.due.client, narrowed_to=audience
        )

    def _entry(self, decided: Edit) -> Edit:
        """Return the entry of the audit, saved with the decision or not at all."""
        session, due = self._session, self.item.due
        return audit.erasure(
            due.rule.title if due.rule else _("Written about somebody erased"),
            [due.client],
            record=session.new_record(),
            at=session.now().isoformat(timespec="minutes")[:16],
            count=len(due.records),
            rule=due.rule.name if due.rule else "erased",
            authorised_by=session.me.id,
            reason=str(decided.answers["reason"]),
        )

    def client_of(self, _record: RecordId) -> RecordId:
        """Return whom the decision is about."""
        return self.item.due.client

    def _meant(self) -> bool:
        """Say whether the reference was typed, where records are to be erased."""
        if self.choice == KEEP or _plain(self.typed.text()) == _plain(self.item.confirm):
            self.wrong.hide()
            return True
        self.wrong.say(
            _("Type the reference %(ref)s to erase. Nothing was erased.")
            % {"ref": self.item.confirm}
        )
        self.wrong.show()
        self.wrong.announce()
        self.typed.setFocus()
        return False

    def _ask_to_type(self) -> None:
        """Ask for the reference above the button; what goes must be in sight with it."""
        for area in self._questions.findChildren(QScrollArea):
            area.setProperty("stop", "true")  # so that it is seen where the keyboard is,
            held = area.widget()
            if held is not None:  # with a ring clear of the words
                held.setContentsMargins(CLEAR, CLEAR, 0, 0)
        self._questions.without_readers()
        self.act.set_kind(Kind.DANGER)
        self.act.set_icon("trash-2")
        words = _("To erase, type the &reference %(ref)s") % {"ref": self.item.confirm}
        self.typed.setObjectName("confirm")
        self.typed.setAccessibleName(words.replace("&", ""))
        asked = down(label(words, weight=SEMI, buddy=self.typed), self.typed, self.wrong, gap=XS)
        self._whole.insertLayout(self._whole.count() - 1, across(asked, margins=(0, 0, S, 0)))


def _erasing(item: Item) -> tuple[Part, ...]:
    """Return what goes, what stays and when, in a passage."""
    said = [
        part
        for head, words in erasing_says(item)
        for part in (Part(f"{head} ", weight=SEMI), Part(f"{words}\n"))
    ]
    return (*said[:-1], Part(said[-1].text.rstrip()))


def _plain(typed: str) -> str:
    return "".join(one for one in typed.upper() if one.isalnum())

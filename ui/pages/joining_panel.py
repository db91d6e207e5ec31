# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Saying whether two are one person, or parting their files again: the reason, and the act.

Rules, each with a test:

* Nothing is joined, told apart or parted without a reason.
* What is saved is worked out from the files as they are then, not as they were shown.
* What was typed, and what was chosen to be kept, is a draft within a second.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal

from desktop_app.casework.both_files import Take, undecided
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.forms import Problem, form
from desktop_app.casework.records import Answers, Edit, Record
from desktop_app.casework.same_person import DIFFERENT, FORM, SAME
from desktop_app.casework.words import _
from storage.store import Saved, Store
from ui.kit.buttons import button
from ui.kit.card import across
from ui.pages import joining_saves, joining_words
from ui.pages.form_panel import FormPanel, Plan
from ui.pages.joining_compare import Compare
from ui.pages.joining_facts import Pair, gather
from ui.pages.joining_saves import Says
from ui.session import Session
from ui.tokens import S

KEPT = "_kept"
"""Reserved answer of a draft: what was chosen to be kept, by question."""
_REST = tuple(one.name for one in form(FORM).field if one.name != "reason")


class NotJoined(CaseworkError):
    """The two are no longer as they were shown."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided of two files, and the edits that say so."""

    pair: Pair
    finding: str
    edits: tuple[Edit, ...]


class JoiningPanel(FormPanel):
    """Asks how it is known, and saves what was decided.

    Signals:
        decided: a `Decided`.
    """

    decided = Signal(object)

    def __init__(self, session: Session, compare: Compare) -> None:
        self.compare, self._finding = compare, SAME
        pair = compare.pair
        says = _(
            "Their files are read as one then, as %(name)s, %(ref)s, on every laptop. Nothing is "
            "moved or lost; any laptop can part them again."
        ) % {"name": pair.one.name, "ref": pair.one.ref}
        plan = Plan(
            FORM,
            _("Are they one person?"),
            _("Join the files"),
            leave_out=_REST,
            says=(says,),
            check=self._check,
            draft_of=pair.other.client.id,
        )
        super().__init__(session, plan, pair.one.client.id)
        self.act.set_icon("git-merge")
        self.apart = button(_("They are &two people"), icon="user-x")
        self.apart.clicked.connect(self.tell_apart)
        whole = self._whole
        line = across(self.apart, None, margins=(0, 0, S, 0))
        whole.insertLayout(whole.count() - 1, line)
        asked = self._questions
        asked.more = lambda: {KEPT: {key: take.value for key, take in compare.choices().items()}}
        asked.resumed.connect(self._resume)
        compare.chosen.connect(lambda _key, _take: asked.drafting.touched())

    def save(self) -> None:
        """Join them, unless something has to be put right first."""
        self._decide(SAME)

    def tell_apart(self) -> None:
        """Say that they are two people, so that nobody is asked again."""
        self._decide(DIFFERENT)

    def _decide(self, finding: str) -> None:
        self._finding = finding
        asked, session, pair = self._questions, self._session, self.compare.pair
        if not asked.may_be_saved():
            if finding == SAME and asked.answers().get("reason"):
                self.compare.go_to_first()
            return
        chosen, says = self.compare.choices(), _says(session, asked.answers())
        now_ms = session.clock.now_ms()
        self.act.setEnabled(False)
        self.apart.setEnabled(False)

        def save(store: Store) -> tuple[Saved, Decided]:
            now = gather(store, pair.one.client.id, pair.other.client.id)
            if now is None:
                raise NotJoined(_("These two are one already, or one is not here any more."))
            joins = finding == SAME
            made = (
                joining_saves.joining(now, chosen, says)
                if joins
                else joining_saves.telling_apart(now, says)
            )
            saved = store.save([*made, *session.alterations(store, made)], now_ms=now_ms)
            return saved, Decided(now, finding, tuple(made))

        def done(answer: tuple[Saved, Decided]) -> None:
            asked.drafting.drop()
            session.changed.emit(answer[0].touched)
            self.decided.emit(answer[1])

        session.work(save, done, owner=self)

    def _check(self, _answers: Answers) -> list[Problem]:
        """Return what was not chosen yet; nobody has to choose for two people."""
        waits = undecided(self.compare.pair.told, self.compare.choices())
        if self._finding != SAME or not waits:
            return []
        what = ", ".join(joining_words.question(one) for one in waits)
        return [Problem("reason", _("Choose which answer is kept: %(what)s.") % {"what": what})]

    def _resume(self, answers: Answers) -> None:
        held = answers.get(KEPT)
        known = {one.value for one in Take}
        if isinstance(held, dict):
            self.compare.choose(
                {key: Take(str(take)) for key, take in held.items() if take in known}
            )

    def _failed(self, error: object) -> None:
        super()._failed(error)
        self.apart.setEnabled(True)


class PartingPanel(FormPanel):
    """Asks why two files are parted again, and parts them."""

    def __init__(self, session: Session, finding: Record, *, who: str) -> None:
        self._record = finding
        says = _(
            "Each file stands then as it stood before, with what was written in it. An answer "
            "chosen when they were joined goes back, unless somebody has changed it since."
        )
        plan = Plan(
            FORM,
            _("Part the two files again"),
            _("Part them"),
            leave_out=_REST,
            says=(says,),
            who=who,
            draft_of=finding.id,
        )
        super().__init__(session, plan, finding.client)
        self.act.set_icon("unlink")

    def save(self) -> None:
        """Part them, once it is said why."""
        asked, session, finding = self._questions, self._session, self._record
        if not asked.may_be_saved():
            return
        says = _says(session, asked.answers())
        self.act.setEnabled(False)

        def plan(store: Store) -> list[Edit]:
            return joining_saves.parting_for_good(store, finding, says)

        def done(edits: list[Edit]) -> None:
            asked.drafting.drop()
            if edits:
                self.saved.emit(edits[-1])
            self.closed.emit()

        save_made(session, plan, done)


def save_made(
    session: Session,
    plan: Callable[[Store], list[Edit]],
    then: Callable[[list[Edit]], None] = lambda _edits: None,
) -> None:
    """Save what is worked out from the vault as it is now, with what the audit is to say."""
    now_ms = session.clock.now_ms()

    def save(store: Store) -> tuple[list[Edit], frozenset[bytes]]:
        edits = plan(store)
        if not edits:
            return [], frozenset()
        saved = store.save([*edits, *session.alterations(store, edits)], now_ms=now_ms)
        return edits, saved.touched

    def done(answer: tuple[list[Edit], frozenset[bytes]]) -> None:
        session.changed.emit(answer[1])
        then(answer[0])

    session.work(save, done)


def _says(session: Session, answers: Answers) -> Says:
    reason = str(answers.get("reason", "")).strip()
    return Says(reason, session.me.id, session.today(), session.new_record())

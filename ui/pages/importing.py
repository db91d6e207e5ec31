# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Import: what lies in the team folder, bundle by bundle, before any of it is taken in."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop_app.casework import audience as audiences
from desktop_app.casework.calendar_words import say_moment
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _, ngettext
from sync.outcome import Author, Exchanged, Previewed, counted, items_in_words
from ui.clock import local
from ui.dialogs import Dialogs
from ui.exchanging import Exchanging, Stage
from ui.kit.buttons import button
from ui.kit.card import Card, across, clear, down, ground, holding, reading
from ui.kit.chip import Chip, ChipText
from ui.kit.empty import Empty
from ui.kit.keycap import Keycap
from ui.kit.labels import Disc, IconMark, label
from ui.kit.notice import Notice
from ui.kit.section_rule import SectionRule
from ui.places import Place
from ui.session import Session
from ui.theme import BOLD, SEMI
from ui.tokens import XS, L, M, S


class ImportPage(QWidget):
    """Look, then take in.

    Signals:
        go: a `Place` to be taken to.
    """

    go = Signal(object)
    help_topic = "import"

    def __init__(self, session: Session, dialogs: Dialogs, *, exchanging: Exchanging) -> None:
        super().__init__()
        self._session, self._dialogs, self._exchanging = session, dialogs, exchanging
        self.found: tuple[Previewed, ...] = ()
        self._state = Chip(_("Not looked yet"), "neutral", icon="inbox")
        self._body = QVBoxLayout()
        self.notice = Notice("", "ok")
        self.trouble = Notice("", "warn")
        for hidden in (self.notice, self.trouble):
            hidden.hide()
        self.apply = button(_("&Take them in"), "primary", icon="package-check")
        self.apply.clicked.connect(self.take_in)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.take_in)
        self._lay_out()
        exchanging.previewed.connect(self._show_found)
        exchanging.stage.connect(self._show_stage)
        exchanging.done.connect(self._show_done)
        exchanging.failed.connect(self._show_failed)
        exchanging.changed_running.connect(self._show_running)
        self._fill(
            Empty(
                "inbox",
                _("The bundles waiting in the team folder will stand here"),
                why=_("Look into the folder first. Nothing is taken in until you say so."),
            )
        )

    def look(self) -> None:
        """Look into the team folder."""
        self._exchanging.forget()
        self.notice.hide()
        self.trouble.hide()
        self._exchanging.start(rehearse=True)

    def take_in(self) -> None:
        """Take in what the look found."""
        if self._exchanging.rehearsed:
            self._exchanging.apply()

    def show_place(self, _place: Place) -> None:
        """Look when the page is opened, unless that was done already."""
        if not self._exchanging.running and not self._exchanging.rehearsed:
            self.look()

    def _lay_out(self) -> None:
        again = button(_("&Look again"), icon="refresh-cw")
        again.clicked.connect(self.look)
        stick = button(_("S&tick…"), icon="usb", name=_("Import from a stick or another folder"))
        stick.clicked.connect(self._look_at_stick)
        title = across(
            label(_("Import"), "h1", weight=BOLD), self._state, None, again, stick, gap=M
        )
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._stage = label("", tone="muted")
        stop = button(_("Sto&p after this one"), small=True)
        stop.clicked.connect(self._exchanging.stop)
        self._progress = holding(down(across(self._stage, None, stop), self._bar, gap=XS))
        self._progress.hide()
        self._foot = ground("footer")
        words = down(
            label(_("Whole or not at all"), weight=SEMI),
            label(
                _("Each bundle is taken in completely, or set aside with its reason."),
                "small",
                tone="muted",
            ),
            gap=1,
        )
        self._foot.setLayout(
            across(words, None, Keycap(_("Ctrl+Enter")), self.apply, margins=(L, S, L, S))
        )
        self._foot.hide()
        upper = down(title, self._progress, self.notice, self.trouble, gap=10, margins=(L, M, L, S))
        self._body.setContentsMargins(L, 0, L, M)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(upper)
        whole.addLayout(self._body, 1)
        whole.addWidget(self._foot)

    def _fill(self, widget: QWidget) -> None:
        clear(self._body)
        self._body.addWidget(widget, 1)

    def _show_found(self, found: Sequence[Previewed]) -> None:
        self.found = tuple(found)
        self._foot.setVisible(bool(found))
        when = f"{self._session.now():%H:%M}"
        self._state.set_chip(
            ChipText(
                _("Looked at %(when)s. Your casebook has not changed.") % {"when": when},
                "ok",
                "shield-check",
            )
        )
        count = len(found)
        self.apply.set_words(
            ngettext("&Take in %(n)d bundle", "&Take in %(n)d bundles", count) % {"n": count}
        )
        if not found:
            self._fill(
                Empty(
                    "inbox",
                    _("Nothing new lies in the folder"),
                    why=_("Everything your colleagues have shared is in your casebook already."),
                    tone="ok",
                )
            )
            return
        left = _waiting_card(self.found, self._session)
        right = _brings_card(self.found)
        row = QHBoxLayout()
        row.setSpacing(M)
        row.addWidget(reading(left), 5)
        row.addWidget(reading(right), 6)
        row.setContentsMargins(0, 0, 0, 0)
        self._fill(holding(row))
        self.apply.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_done(self, outcome: Exchanged) -> None:
        self.found = ()
        self._foot.hide()
        self._state.set_chip(
            ChipText(
                _("Imported at %(when)s") % {"when": f"{self._session.now():%H:%M}"}, "ok", "check"
            )
        )
        self.notice.say(outcome.words)
        self.notice.show()
        self.notice.announce()
        self._fill(
            Empty("inbox", _("Nothing more waits"), why=_("Look again at any time."), tone="ok")
            if not outcome.waiting and not outcome.aside
            else reading(_left_card(outcome))
        )

    def _show_failed(self, error: CaseworkError) -> None:
        self.trouble.say(str(error))
        self.trouble.show()
        self.trouble.announce()

    def _show_running(self, running: bool) -> None:  # noqa: FBT001  a Qt slot
        self._progress.setVisible(running)
        self.apply.setEnabled(not running)

    def _show_stage(self, stage: Stage) -> None:
        self._stage.setText(stage.words)
        self._bar.setRange(0, stage.all)
        self._bar.setValue(stage.done)

    def _look_at_stick(self) -> None:
        folder = self._dialogs.folder(_("The stick, or another folder"))
        if folder is not None:
            self._exchanging.forget()
            self._exchanging.start(folder=str(folder), rehearse=True)


def _waiting_card(found: Sequence[Previewed], session: Session) -> QWidget:
    card = Card(_("Waiting in the folder"), role="h3", gap=S)
    for author, bundles in _by_author(found).items():
        card.add(SectionRule(author.words))
        for one in bundles:
            card.add(_bundle(one, session))
    card.body.addStretch(1)
    return card


def _bundle(one: Previewed, session: Session) -> QWidget:
    sealed = say_moment(local(one.arrived.at).isoformat(timespec="minutes"), session.today())
    items = sum(one.arrived.items.values())
    count = ngettext("%(n)d item", "%(n)d items", items) % {"n": items}
    head = across(
        label(_("No. %(n)d") % {"n": one.arrived.seq}, weight=SEMI),
        label(f"{count} · " + _("sealed %(when)s") % {"when": sealed}, "small", tone="muted"),
        None,
        gap=S,
    )
    if one.waits:
        head.addWidget(Chip(_("waits"), "warn", icon="hourglass"))
    column = down(head, gap=2)
    column.addWidget(label(items_in_words(one.arrived.items), wrap=True))
    if one.arrived.sealed_off:
        kept = ", ".join(audiences.title(each) for each in one.arrived.sealed_off)
        column.addLayout(
            across(
                IconMark("eye-off", "muted", size=14),
                label(_("not for you: %(what)s") % {"what": kept}, "small", tone="muted"),
                None,
                gap=6,
            )
        )
    for wait in one.waits:
        column.addWidget(label(wait.words, "small", tone="warn", wrap=True))
    disc = Disc("mail", "warn" if one.waits else "info")
    row = across(disc, holding(column), gap=M)
    row.setStretch(1, 1)
    row.setAlignment(disc, Qt.AlignmentFlag.AlignTop)
    return holding(row)


def _brings_card(found: Sequence[Previewed]) -> QWidget:
    card = Card(_("If you take these in"), role="h3", gap=S)
    total: Mapping[str, int] = counted(one.arrived.items for one in found)
    ready = [one for one in found if not one.waits]
    numbers = across(
        _number(len(_by_author(found)), _("laptops")),
        _number(len(found), _("bundles")),
        _number(sum(total.values()), _("items")),
        _number(len(found) - len(ready), _("waiting")),
        None,
        gap=28,
    )
    card.add(numbers)
    card.add(label(items_in_words(total), wrap=True))
    if len(ready) < len(found):
        card.add(
            Notice(
                _("What waits stays in the folder, and comes in by itself once the rest is here."),
                "warn",
                icon="hourglass",
            )
        )
    card.add(
        label(
            _(
                "Where two people answered the same question without having seen each other's "
                "answer, both answers are kept and shown to both."
            ),
            "small",
            tone="muted",
            wrap=True,
        )
    )
    card.body.addStretch(1)
    return card


def _left_card(outcome: Exchanged) -> QWidget:
    card = Card(_("Still open"), role="h3", gap=S)
    for wait in outcome.waiting:
        row = across(IconMark("hourglass", "warn"), label(wait.words, wrap=True), gap=S)
        row.setStretch(1, 1)
        card.add(row)
    for aside in outcome.aside:
        who = aside.author.words + ". " if aside.author else ""
        row = across(IconMark("archive", "bad"), label(who + aside.words, wrap=True), gap=S)
        row.setStretch(1, 1)
        card.add(row)
    card.body.addStretch(1)
    return card


def _number(count: int, words: str) -> QWidget:
    return holding(
        down(label(str(count), "h1", weight=BOLD), label(words, "small", tone="muted"), gap=0)
    )


def _by_author(found: Sequence[Previewed]) -> dict[Author, list[Previewed]]:
    grouped: dict[Author, list[Previewed]] = {}
    for one in found:
        grouped.setdefault(one.arrived.author, []).append(one)
    return grouped

# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The left card of the doorstep: what happened, in the order it happens.

Rules, each with a test:

* The first question decides what else is asked. What is no longer asked keeps its answer until the
  visit is saved, and is not counted.
* Nothing is preselected that somebody has to say: not the outcome, not the message, no offer.
"""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.casework.forms import form
from desktop_app.casework.records import Answers, Json
from desktop_app.casework.words import _
from ui.editors.asking import Asking
from ui.editors.choices import answers as offer_answers
from ui.editors.choices import labels, offered
from ui.editors.pill_choice import PillChoice
from ui.kit.card import across, ground
from ui.kit.labels import IconMark, Part, Words, label
from ui.kit.notice import Notice
from ui.kit.pills import Pills
from ui.kit.problem_summary import ProblemSummary
from ui.kit.tile import TileChoice, Tiles
from ui.pages.doorstep_company import Company
from ui.pages.doorstep_follows import Follows
from ui.pages.doorstep_message import Message
from ui.pages.doorstep_offers import DoorstepOffers
from ui.pages.doorstep_past import LastContacts
from ui.pages.doorstep_rows import DoorstepRow, DoorstepRows
from ui.pages.doorstep_where import When, Where
from ui.theme import SEMI

KEYS = {"seen": ("Y", "ok"), "refused": ("B", "warn"), "not_seen": ("N", "neutral")}
ASKED = {
    "seen": ("offers", "message"),
    "refused": ("offers", "message", "left"),
    "not_seen": ("why_not", "left", "follows"),
}
"""Which rows each first answer asks for; the others are hidden."""
TOLD_APART = ("offers", "message", "why_not", "left", "follows")


class Happened(QFrame):
    """What happened.

    Signals:
        edited: an answer was altered; carries the field's name.
    """

    edited = Signal(str)

    def __init__(self, asking: Asking) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.asking = asking
        self.problems = ProblemSummary()
        self.asks: Words = label("", "h3", weight=SEMI, wrap=True)
        self.aside = QVBoxLayout()
        self.tiles = Tiles(_tiles(asking), _("Were you able to see them?"))
        self.tiles.chosen.connect(lambda _code: self._tile_chosen())
        self.grid = DoorstepRows()
        self.rows: dict[str, DoorstepRow] = {}
        self._first_rows()
        self._later_rows()
        self.past = LastContacts()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 9, 14, 9)
        self._column.setSpacing(9)
        self._column.addWidget(self.problems)
        self._column.addWidget(self.asks)
        self._column.addLayout(self.aside)
        self._column.addWidget(self.tiles)
        self._column.addWidget(self.grid)
        self._column.addStretch(1)
        self._column.addWidget(self.past)
        self._tell_apart()

    def answers(self) -> Answers:
        """Return what stands on this card, hidden rows too."""
        kind, place = self.where.value()
        left: list[Json] = [*self.left.values()]
        offers: dict[str, Json] = {**self.offers.value()}
        return {
            "seen": self.tiles.value() or None,
            "kind": kind or None,
            "place": place or None,
            "at": self.when.at_value() or None,
            "minutes": self.when.minutes_value(),
            **self.company.answers(),
            "offers": offers or None,
            **self.message.answers(),
            "why_not": self.why_not.value() or None,
            "left": left or None,
        }

    def show_answers(self, answers: Mapping[str, Json]) -> None:
        """Show answers; those not named stay. Nobody is told."""
        if "seen" in answers:
            self.tiles.set_value(_text(answers, "seen"))
        if "kind" in answers or "place" in answers:
            kind, place = self.where.value()
            place = _text(answers, "place") if "place" in answers else place
            self.where.set_value(_text(answers, "kind") or kind, place)
        if "at" in answers:
            self.when.set_at(_text(answers, "at"))
        if "minutes" in answers:
            self.when.set_minutes(answers["minutes"])
        self.company.show_answers(answers)
        self._show_later(answers)
        self._tell_apart()

    def say_follows(self, follows: Follows) -> None:
        """Say what follows when nobody was there."""
        parts = [Part(f"{follows.head} ", weight=SEMI), Part(follows.words)]
        if follows.limit:
            parts.append(Part(f"\n{follows.limit}", "bad" if follows.late else "warn", SEMI))
        self.follows.say(parts)

    def say_left(self, words: str, tone: str) -> None:
        """Say what may not be left."""
        self.rows["left"].say(words, tone=tone)

    def say_setting(self, words: str, *, away: bool) -> None:
        """Say where the client is held or stays, and when they come out."""
        self.setting.setVisible(bool(words))
        self.setting_words.setText(words)
        self.setting.setProperty("look", "custody" if away else "info")

    def say_aside(self, notice: Notice | None) -> None:
        """Say something under the question; None takes it away."""
        while (item := self.aside.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if notice is not None:
            self.aside.addWidget(notice)
            notice.show()

    def seal(self) -> None:
        """Let what stands in a sealed account be read, and not altered."""
        for each in (self.tiles, self.why_not, self.offers, self.message, self.left):
            each.setEnabled(False)

    def set_low(self, *, low: bool, narrow: bool) -> None:
        """Stand closer, for small windows."""
        self.tiles.set_low(low=low)
        for choice in _tiles(self.asking, short=narrow):
            tile = self.tiles.tiles[choice.code]
            tile.choice = choice
            tile.update()
        self.grid.set_tight(tight=low or narrow)
        self.message.set_low(low=low)
        edge = 5 if low else 9
        self._column.setContentsMargins(14, edge, 14, edge)
        self._column.setSpacing(4 if low else 9)
        self.when.set_narrow(narrow=narrow)

    def _row(self, name: str, marked: str, content: QWidget, to: QWidget | None = None) -> None:
        self.rows[name] = self.grid.add(DoorstepRow(marked, content, to=to or content))

    def _first_rows(self) -> None:
        shipped = form("visit")
        self.where = Where(offered(shipped.fields["kind"], self.asking))
        self.where.changed.connect(lambda: self.edited.emit("kind"))
        self.setting_words = label("", "small", wrap=True)
        strip = across(IconMark("building-2", "custody"), self.setting_words, margins=(8, 4, 8, 4))
        strip.setStretch(1, 1)
        self.setting = ground("custody", strip)
        self.setting.hide()
        self._row("kind", _("W&here"), self.where, self.where.kind)
        self.rows["kind"].add(self.setting)
        self.when = When(self.asking.now)
        self.when.changed.connect(lambda: self.edited.emit("at"))
        self._row("at", _("&When"), self.when, self.when.at.field)
        self.company = Company(self.asking)
        self.people, self.others = self.company.people, self.company.others
        self.company.edited.connect(self.edited)
        self._row("people", _("W&ith"), self.company, self.people)

    def _later_rows(self) -> None:
        fields = form("account").fields
        self.why_not = PillChoice(
            labels(offered(fields["why_not"], self.asking), short=True), _("Why not")
        )
        self.why_not.chosen.connect(lambda _code: self.edited.emit("why_not"))
        self._row("why_not", _("Wh&y not"), self.why_not)
        self.offers = DoorstepOffers(
            labels(offered(fields["offers"], self.asking), short=True),
            offer_answers(fields["offers"], self.asking),
            _("Offered"),
        )
        self.offers.changed.connect(lambda: self.edited.emit("offers"))
        self._row("offers", _("&Offered"), self.offers)
        self.message = Message(self.asking)
        self.message.changed.connect(lambda: self.edited.emit("message_said"))
        self._row("message", _("&Message"), self.message, self.message.said)
        self.left = Pills(labels(offered(fields["left"], self.asking), short=True), _("Left"))
        self.left.changed.connect(lambda: self.edited.emit("left"))
        self._row("left", _("&Left"), self.left)
        self.follows = Notice("", "warn", icon="clock")
        self._row("follows", _("Then"), self.follows)

    def _show_later(self, answers: Mapping[str, Json]) -> None:
        given = answers.get("offers")
        if "offers" in answers:
            held: dict[str, Json] = given if isinstance(given, dict) else {}
            self.offers.set_value({code: str(one) if one else None for code, one in held.items()})
        self.message.show_answers(answers)
        if "why_not" in answers:
            self.why_not.set_value(_text(answers, "why_not"))
        if "left" in answers:
            self.left.set_values(_texts(answers["left"]))

    def _tile_chosen(self) -> None:
        self._tell_apart()
        self.edited.emit("seen")

    def _tell_apart(self) -> None:
        asked = ASKED.get(self.tiles.value(), ASKED["seen"])
        for name in TOLD_APART:
            self.rows[name].set_shown(shown=name in asked)


def _tiles(asking: Asking, *, short: bool = False) -> list[TileChoice]:
    made = []
    for one in offered(form("account").fields["seen"], asking):
        key, tone = KEYS.get(one.code, ("", one.tone))
        beneath = _beneath(one.code) if short else _(one.hint)
        made.append(TileChoice(one.code, _(one.label), beneath, one.icon, tone, key))
    return made


def _beneath(code: str) -> str:
    """Return the second line of a tile where there is little room."""
    short = {"seen": _("We spoke"), "refused": _("Not today"), "not_seen": _("Not seen")}
    return short.get(code, "")


def _text(answers: Mapping[str, Json], name: str) -> str:
    value = answers.get(name)
    return value if isinstance(value, str) else ""


def _texts(value: Json) -> Iterable[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []

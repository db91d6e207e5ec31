# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is asked before keepers decide: who keeps the papers, who coordinates, and the words."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.casework.audience import title
from desktop_app.casework.people import Role
from desktop_app.casework.words import _
from storage.recovery import WORDS
from sync.deciding import Former
from ui import theme
from ui.kit.buttons import HANG, button
from ui.kit.card import across, down, holding
from ui.kit.drop_down import DropDown
from ui.kit.labels import label
from ui.kit.pills import Pills
from ui.kit.segment import Segment
from ui.kit.tick_box import BOX, GAP, TickBox
from ui.kit.word_marks import WordMarks, words_ended
from ui.pages.first_run_steps import Question, Questions, Step
from ui.pages.rescue_steps import OneLine
from ui.pages.stepping import line
from ui.theme import SEMI
from ui.tokens import XS, M, S

Choices = Sequence[tuple[str, str]]


def who_keeps(before: Sequence[str]) -> Questions:
    """Return the step that asks who keeps the three papers."""
    names = [*before, "", "", ""][:3]
    hints = (
        _("Not the coordinator: the papers are for the day their laptop is gone."),
        _("Better from another agency than the first."),
        _("Each keeps theirs in another building or safe."),
    )
    return Questions(
        _("Who keeps the three papers?"),
        _(
            "Three people, each with one paper. Any two of them decide together; one alone, or a "
            "thief with one paper, decides nothing. Have them beside you, or three envelopes."
        ),
        [
            Question(
                f"keeper{n}",
                _("Keeper &%(n)d") % {"n": n},
                hints[n - 1],
                value=names[n - 1],
                required=_("Say who keeps paper %(n)d") % {"n": n},
            )
            for n in (1, 2, 3)
        ],
        act=_("&Make the papers"),
    )


class Successor(Step):
    """The step that asks who coordinates from now on, and what becomes of whoever did so far."""

    def __init__(
        self,
        laptops: Choices,
        former: str,
        *,
        mine: str,
        roles: frozenset[Role],
        leaderless: Mapping[Former, Sequence[str]],
        may_lead: Mapping[str, Choices],
        planned: bool,
    ) -> None:
        """Make the step.

        Args:
            laptops: who could coordinate: laptops' ids and words.
            former: who coordinates now.
            mine: the laptop this is, chosen at first if it is one of them.
            roles: what whoever coordinates now does besides.
            leaderless: the audiences nobody would lead, by what becomes of them.
            may_lead: who could lead those: laptops' ids and words.
            planned: whether this is the coordinator's own laptop.
        """
        super().__init__(
            _("Who coordinates from now on?"),
            _("On which laptop, and what becomes of %(who)s.") % {"who": former},
        )
        self._leaderless = leaderless
        chosen = mine if mine in [code for code, _words in laptops] else ""
        self.laptop = DropDown(
            laptops, _("Who coordinates from now on"), value=chosen, none=_("Choose who")
        )
        named = label(_("New &coordinator"), weight=SEMI, buddy=self.laptop)
        self.body.addLayout(down(named, across(self.laptop, None), gap=XS))
        self._ask_former(former, planned=planned)
        words = _("What they do from now on")
        pills = [(one.value, one.words) for one in Role if one is not Role.COORDINATOR]
        self.roles = Pills(pills, words, values=[one.value for one in roles])
        self._does = holding(down(label(words, weight=SEMI), self.roles, gap=XS))
        self.body.addWidget(self._does)
        self._follows = label("", "small", tone="muted", wrap=True)
        self.body.addWidget(self._follows)
        self._ask_leads(may_lead)
        self.end_with(_("&Go on"), icon="arrow-right")
        self.setFocusProxy(self.laptop)
        self._say()

    def chosen(self) -> tuple[bytes, Former, frozenset[Role], dict[str, bytes]]:
        """Return the laptop, what becomes of the former, their work, and the leads named."""
        former = Former(self.former.value())
        leads = {
            audience: bytes.fromhex(field.value())
            for audience, field in self.leads.items()
            if audience in self._leaderless.get(former, ()) and field.value()
        }
        roles = frozenset(Role(one) for one in self.roles.values())
        return bytes.fromhex(self.laptop.value()), former, roles, leads

    def missing(self) -> Sequence[tuple[str, QWidget]]:
        """Return what is not said yet."""
        found: list[tuple[str, QWidget]] = []
        if not self.laptop.value():
            found.append((_("Choose who coordinates from now on"), self.laptop))
        if not self.former.value():
            found.append((_("Say what becomes of whoever coordinates now"), self.former))
        if self.former.value() == Former.STAYS and not self.roles.values():
            found.append((_("Say what they do from now on"), self.roles))
        return found

    def _ask_former(self, former: str, *, planned: bool) -> None:
        question = _("What becomes of %(who)s?") % {"who": former}
        ways = [
            (Former.STAYS, _("Stays in the team")),
            (Former.LOST, _("Laptop lost")),
            (Former.GONE, _("Has left")),
        ]
        value = Former.STAYS if planned else ""
        self.former = Segment(ways, question, value=value)
        self.former.chosen.connect(self._say)
        self.body.addLayout(down(label(question, weight=SEMI), across(self.former, None), gap=XS))

    def _ask_leads(self, may_lead: Mapping[str, Choices]) -> None:
        self.leads: dict[str, DropDown] = {}
        self._lead_rows: dict[str, QWidget] = {}
        for audience, laptops in may_lead.items():
            words = _("Who leads from then on: %(what)s") % {"what": title(audience)}
            field = DropDown(laptops, words, none=_("Nobody for now"))
            row = holding(down(label(words, weight=SEMI), across(field, None), gap=XS))
            self.leads[audience], self._lead_rows[audience] = field, row
            self.body.addWidget(row)

    def _say(self, _code: str = "") -> None:
        former = self.former.value()
        self._does.setVisible(former == Former.STAYS)
        words = {
            Former.STAYS: _(
                "Their laptop stays in the team and reads what goes with their work. What only "
                "coordination reads gets a new key."
            ),
            Former.LOST: _(
                "The laptop they coordinated on is out. They stay in the team, and get another "
                "laptop from the new coordinator. What only it could read begins anew."
            ),
            Former.GONE: _(
                "All their laptops are out. What they wrote stays, under their name. Their "
                "clients keep their name until somebody hands over."
            ),
        }
        self._follows.setText(words.get(Former(former), "") if former else "")
        self._follows.setVisible(bool(former))
        leaderless = self._leaderless.get(Former(former), ()) if former else ()
        for audience, row in self._lead_rows.items():
            row.setVisible(audience in leaderless)
        self._fit_soon()


class SignStep(Step):
    """The step in which a keeper reads what is decided, and signs it with their paper's words.

    Signals:
        later: not now: it waits.
        elsewhere: the next keeper signs at another laptop.
    """

    later = Signal()
    elsewhere = Signal()

    def __init__(
        self,
        decides: Sequence[str],
        signed: Sequence[str],
        missing: str,
        *,
        strange: bool = False,
        practice: Sequence[str] = (),
    ) -> None:
        """Make the step.

        Args:
            decides: what would change, in sentences.
            signed: who has signed.
            missing: how many are still to sign, in words.
            strange: whether something would change that stands in no sentence.
            practice: of a made-up team: what its papers say.
        """
        super().__init__(
            _("A keeper signs"),
            _("Read what is decided. Then take your own paper, and let nobody read along."),
        )
        self.body.addLayout(down(*(line("gavel", one, "info") for one in decides), gap=XS))
        if signed:
            said = _("Signed so far: %(who)s.") % {"who": ", ".join(signed)}
            self.body.addLayout(line("circle-check", said, "ok"))
        if strange:
            words = _(
                "Something else would change that this Tandem has no words for. It cannot be "
                "signed here. Ask who prepared it."
            )
            self.body.addLayout(line("circle-alert", words, "bad"))
            self.end_without_act()
            self.setFocusProxy(self.backward)
            return
        self.body.addLayout(line("hourglass", missing, "warn"))
        self._ask_words(practice)
        self.end_with(_("&Sign"), icon="pencil")
        self.setFocusProxy(self.words)

    def missing(self) -> Sequence[tuple[str, QWidget]]:
        """Return what is not typed yet."""
        return [] if self.words.text().strip() else [(_("Type the twelve words"), self.words)]

    def taken(self) -> str:
        """Return the words, and leave none in the field."""
        words = self.words.text()
        self.words.clear()
        return words

    def _ask_words(self, practice: Sequence[str]) -> None:
        self.words = OneLine(_("The twelve words of the paper"), self._press)
        marks = WordMarks(WORDS)
        self.words.typed.connect(lambda text: marks.set_typed(words_ended(text, WORDS)))
        named = label(_("The twelve &words of your paper"), weight=SEMI, buddy=self.words)
        self.body.addLayout(down(named, self.words, marks, gap=6))
        if practice:
            said = "\n".join([_("In the made-up team the papers say:"), *practice])
            shown = label(said, "small", tone="muted", wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.body.addWidget(shown)
        wait = button(_("&Later"), "quiet", icon="hourglass")
        wait.clicked.connect(self.later)
        other = button(_("At another la&ptop"), "quiet", icon="usb")
        other.clicked.connect(self.elsewhere)
        self.body.addLayout(across(wait, other, None, gap=S, margins=(-HANG, 0, 0, 0)))


class WhichList(Step):
    """The step that asks which of two lists were right to let somebody in."""

    def __init__(self, lists: Sequence[tuple[Sequence[str], bool]]) -> None:
        """Make the step.

        Args:
            lists: of each list, what it changes, in sentences, and whether it lets anybody in or
                gives them more: only that is asked.
        """
        super().__init__(
            _("Who was let in rightly?"),
            _(
                "Ask whoever coordinates, face to face. Whoever a list takes out stays out either "
                "way, and can be let in again later. Nothing counts until two keepers have signed."
            ),
        )
        self.ticks: dict[int, TickBox] = {}
        head: QWidget
        for n, (words, adds) in enumerate(lists, start=1):
            said = [label(one, "small", tone="muted", wrap=True) for one in words]
            if adds:
                tick = TickBox(_("List &%(n)d was right to do this") % {"n": n})
                self.ticks[n], head = tick, tick
                beneath = down(*said, gap=XS, margins=(theme.px(BOX) + 4 + GAP, 0, 0, 0))
            else:
                holds = _("List %(n)d lets nobody in. This holds either way:") % {"n": n}
                head, beneath = label(holds, weight=SEMI), down(*said, gap=XS)
            self.body.addLayout(down(head, beneath, gap=XS))
        self.body.setSpacing(M)
        self.end_with(_("&Go on"), icon="arrow-right")
        self.setFocusProxy(next(iter(self.ticks.values()), self.act))

    def chosen(self) -> list[int]:
        """Return the places of the lists that were right."""
        return [n - 1 for n, tick in self.ticks.items() if tick.isChecked()]

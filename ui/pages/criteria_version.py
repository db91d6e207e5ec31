# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A version of the criteria to be read: every question with its points, and who has agreed."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_short
from desktop_app.casework.matrix import Agreement, Criterion, Standing, Version
from desktop_app.casework.records import Answers, link
from desktop_app.casework.words import _, inside
from ui.kit.buttons import button
from ui.kit.card import Card, across, down, holding, reading
from ui.kit.chip import Chip, ChipText
from ui.kit.labels import Part, Passage, Rule, label
from ui.kit.notice import Notice
from ui.pages.form_panel import Plan
from ui.session import Session
from ui.theme import BOLD, SEMI
from ui.tokens import S


class VersionCard(Card):
    """One version."""

    def __init__(self, version: Version, standing: Standing, *, counts: bool) -> None:
        """Show a version.

        Args:
            version: the version.
            standing: how it stands with the agencies.
            counts: whether it is the one people are scored by.
        """
        super().__init__()
        self.let_stop()
        self.setAccessibleName(version.called)
        head = across(
            label(version.matrix.title, "h2", weight=BOLD),
            _made(chip_of(standing, counts=counts)),
            None,
            gap=S,
        )
        inner = QWidget()
        column = down(gap=S, margins=(0, 0, S, 0))
        inner.setLayout(column)
        if version.example:
            words = _("An example, to be argued over. It is never in force, whoever agrees.")
            column.addWidget(Notice(words, "warn"))
        said = _("%(version)s. Proposed from %(threshold)d points of at most %(most)d.") % {
            "version": version.matrix.version,
            "threshold": version.threshold,
            "most": version.most,
        }
        column.addWidget(label(said, tone="muted", wrap=True))
        if version.matrix.why:
            column.addWidget(label(version.matrix.why, wrap=True))
        for number, one in enumerate(version.criteria, start=1):
            column.addWidget(Rule())
            column.addWidget(_question(number, one))
        column.addStretch(1)
        self.add(head)
        self.add(reading(inner), 1)


class AgreedCard(Card):
    """Who has agreed to a version.

    Signals:
        wanted: the person wants to say what their agency says.
    """

    wanted = Signal()

    def __init__(self, session: Session, standing: Standing, *, may: bool) -> None:
        super().__init__(_("Who has agreed"), role="h3", gap=6)
        today = session.today()
        self.add(label(standing.words, "small", wrap=True))
        for name, one in [*standing.agreed.items(), *standing.not_yet.items()]:
            found = codes("agreement").find(one.answer)
            tone = found.tone if found else "neutral"
            chip = _made(ChipText(codes("agreement").label(one.answer), tone))
            by = label(_by(session, one, today), "small", tone="muted", wrap=True)
            self.add(down(_agency(name, chip), by, gap=0))
        for name in standing.waiting:
            chip = _made(ChipText(_("Has not said"), "warn"))
            self.add(_agency(name, chip))
        if may:
            words = _("&Say what %(agency)s says") % {"agency": session.me.agency}
            self.say = button(words, icon="stamp", name=words.replace("&", ""))
            self.say.clicked.connect(self.wanted)
            self.add(across(self.say, None))


def agreement_plan(session: Session, version: Version) -> Plan:
    """Return the plan in which somebody says what their agency says of exactly these words."""
    preset: Answers = {
        "matrix": link(version.id),
        "mark": version.mark,
        "agency": session.me.agency,
    }
    return Plan(
        "agreement",
        _("What %(agency)s says") % {"agency": session.me.agency},
        _("Sign"),
        preset=preset,
        leave_out=("matrix", "mark", "agency"),
        says=(
            _(
                "In the name of %(agency)s, of “%(version)s” as it stands. Whatever is altered "
                "afterwards is another version, and asks for another answer."
            )
            % {"agency": session.me.agency, "version": version.called},
        ),
    )


def chip_of(standing: Standing, *, counts: bool) -> ChipText:
    """Return in a word how a version stands."""
    if standing.example:
        return ChipText(_("Example"), "warn")
    if counts:
        return ChipText(_("In force"), "ok", "check")
    if standing.in_force:
        return ChipText(_("Was in force"), "neutral")
    return ChipText(_("Not agreed yet"), "warn", "clock")


def _question(number: int, one: Criterion) -> QWidget:
    below = [one.help] if one.help else []
    if one.times > 1:
        below.append(_("Counts %(n)d times.") % {"n": one.times})
    if one.protects:
        below.append(_("Protects: counts down."))
    if one.proposed_from:
        said = codes("proposed_from").label(one.proposed_from)
        below.append(_("The records say: %(what)s.") % {"what": inside(said)})
    asked = label(f"{number}. {one.question}", weight=SEMI, wrap=True)
    helps = label(" ".join(below), "small", tone="muted", wrap=True)
    bands = [f"{one.counted(band.points)} · {band.says}" for band in one.offered]
    points = Passage([Part("\n".join(bands))], "small")
    points.setAccessibleName("; ".join(bands))
    row = across(holding(down(asked, helps, None, gap=2)), holding(down(points, None)), gap=14)
    row.setStretch(0, 3)
    row.setStretch(1, 2)
    held = holding(row)
    held.setAccessibleName(one.question)
    return held


def _by(session: Session, one: Agreement, today: date) -> str:
    said = _("%(name)s, %(day)s") % {
        "name": session.team.name_of(one.record.author),
        "day": say_short(one.agreed_on.isoformat(), today) if one.agreed_on else "",
    }
    return f"{said}: {one.words}" if one.words else said


def _agency(name: str, chip: Chip) -> QHBoxLayout:
    row = across(label(name, weight=SEMI, wrap=True), chip, gap=S)
    row.setStretch(0, 1)
    return row


def _made(chip: ChipText) -> Chip:
    return Chip(chip.text, chip.tone, icon=chip.icon)

# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Where somebody stands in being chosen, on their page, and what can be done next."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.casework.choosing import Choosing, Decision, Nomination, Stage, choosing
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_short
from desktop_app.casework.people import Team
from desktop_app.casework.records import Record
from desktop_app.casework.targeting import DEMAND, support_on
from desktop_app.casework.whereabouts import has_died, setting_on
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _, ngettext
from ui.kit.buttons import HANG, Button, button
from ui.kit.card import across
from ui.kit.flow import FlowLayout
from ui.pages.client_side import LinesCard
from ui.pages.side_line import SideItem
from ui.session import Session

_TONES: Mapping[Stage, str] = {
    Stage.NOMINATED: "info",
    Stage.LATER: "warn",
    Stage.NOT_TOLD: "warn",
    Stage.ON: "info",
}


class ChoosingCard(LinesCard):
    """The card.

    Signals:
        wanted: the code of what a person wants to do.
    """

    wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(_("Choosing"), "")
        self._session = session
        row = QWidget()
        flow = FlowLayout(row)
        self.buttons: dict[str, Button] = {}
        for code, (words, name, form) in _doings().items():
            made = button(words, "quiet", small=True, name=name)
            made.clicked.connect(lambda _on=False, code=code: self.wanted.emit(code))
            made.setVisible(False)
            made.setProperty("form", form)
            self.buttons[code] = made
            flow.addWidget(made)
        self.add(across(row, margins=(-HANG, 0, 0, 0)))

    def set_records(self, records: Sequence[Record]) -> None:
        """Show where somebody stands."""
        session = self._session
        today = session.today()
        stands = choosing(records, today)
        self._none.setText(none_words(stands))
        supported = support_on(records, today) is not None
        died = _ends_by_hand(records, stands, today, supported=supported)
        self.set_items([*died, *items(stands, session.team, today)])
        may = offered(stands, supported=supported)
        for code, each in self.buttons.items():
            each.setVisible(code in may and session.may_write(str(each.property("form"))))


def offered(stands: Choosing, *, supported: bool) -> set[str]:
    """Return what can be done next, whoever looks."""
    on = stands.place is not None and stands.place.cohort == DEMAND
    found = {"scoring", "decision"}
    if not on and not stands.nominations:
        found.add("nomination")
    if on:
        found |= {"notice", "letter"}
    if on or supported:
        found.add("removal")
    if stands.decision is not None or stands.course is not None:
        found.add("redecide")
    if on and stands.notice is not None:
        found.add("retell")
    return found


def items(stands: Choosing, team: Team, today: date) -> list[SideItem]:
    """Return what was said and decided, in a few lines."""
    place, score = stands.place, stands.scoring
    beneath = ""
    if place is not None and place.started_on:
        beneath = _("since %(day)s") % {"day": say_short(place.started_on.isoformat(), today)}
    record = place.record.id if place else b""
    tone = _TONES.get(stands.stage, "muted")
    found = [SideItem(record, "flag", tone, stands.stage.words, beneath)] if record else []
    found += [_nominated(one, team, today) for one in stands.nominations]
    if score is not None:
        on = say_short(score.scored_on.isoformat(), today) if score.scored_on else ""
        said = _("proposed; people decide") if score.proposes else _("not proposed; people decide")
        words = _("Score %(score)s") % {"score": score.words}
        found.append(SideItem(score.record.id, "scale", "muted", words, f"{on} · {said}"))
    found += [_decided(one, team, today) for one in (stands.decision, stands.course) if one]
    notice = stands.notice
    if notice is not None and notice.told_on:
        when = say_short(notice.told_on.isoformat(), today)
        said = codes("told_response").label(notice.response) if notice.response else ""
        beneath = " · ".join(part for part in (when, said) if part)
        icon = "message-square-quote"
        found.append(SideItem(notice.record.id, icon, "muted", _("Told"), beneath))
    return found


def _ends_by_hand(
    records: Sequence[Record], stands: Choosing, today: date, *, supported: bool
) -> list[SideItem]:
    """Return that somebody died and what still runs of theirs; no line where nothing does."""
    on = stands.place is not None and stands.place.cohort == DEMAND
    last = setting_on(records, today)
    if last is None or not has_died(records, today) or not (on or supported):
        return []
    runs = [_("targeting")] if on else []
    runs += [_("support")] if supported else []
    words = _("They died, and %(what)s still runs") % {"what": listed(runs)}
    beneath = _("It ends by Remove, when a person says it is right.")
    return [SideItem(last.record.id, "door-open", "warn", words, beneath, late=True)]


def none_words(stands: Choosing) -> str:
    """Return what stands where there is no line."""
    return f"{stands.stage.words}."


def _nominated(one: Nomination, team: Team, today: date) -> SideItem:
    day = say_short(one.nominated_on.isoformat(), today) if one.nominated_on else ""
    who = " · ".join(part for part in (team.name_of(one.nominated_by), one.agency, day) if part)
    group = codes("cohort").label(one.cohort)
    words = _("Nominated: %(group)s") % {"group": group}
    return SideItem(one.record.id, "user-plus", "info", words, who)


def _decided(one: Decision, team: Team, today: date) -> SideItem:
    found = codes("decision_about").find(one.about)
    words = _(found.label) if found else one.about
    parts = [say_short(one.decided_on.isoformat(), today) if one.decided_on else ""]
    if one.final_say:
        parts.append(_("final say %(name)s") % {"name": team.name_of(one.final_say)})
    if one.dissent_by:
        count = len(one.dissent_by)
        parts.append(ngettext("%(n)d did not agree", "%(n)d did not agree", count) % {"n": count})
    if one.review_on:
        day = say_short(one.review_on.isoformat(), today)
        parts.append(_("looked at again %(day)s") % {"day": day})
    tone = found.tone if found and found.tone != "neutral" else "muted"
    late = one.review_on is not None and one.review_on < today
    beneath = " · ".join(part for part in parts if part)
    return SideItem(one.record.id, "gavel", tone, words, beneath, late=late)


def _doings() -> dict[str, tuple[str, str, str]]:
    """Return what can be done: words, what a screen reader says, and the form it writes."""
    return {
        "nomination": (_("Nominate"), _("Nominate for the programme"), "nomination"),
        "scoring": (_("Score"), _("Score by the criteria"), "scoring"),
        "decision": (_("Decide"), _("Write down a decision of the partners"), "decision"),
        "notice": (_("Told"), _("Write down that they were told"), "notice"),
        "letter": (_("Letter"), _("Letter that they are on the programme"), "export"),
        "redecide": (
            _("Decide otherwise"),
            _("Write down a decision that takes the place of the last one"),
            "decision",
        ),
        "retell": (
            _("Told otherwise"),
            _("Write down what takes the place of what was told"),
            "notice",
        ),
        "removal": (_("Remove"), _("Remove from targeting or from support"), "removal"),
    }

# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The card to leave behind, made where a visit is recorded: nobody was there, or it is over.

Rules, each with a test:

* It is the card of the client page, logged as it; the visit stays as it was left.
* The next step is offered as when they meet, with its day and time; nobody's word is taken for it.
* That a card was left is ticked where nobody was found, and can be taken back.
"""

from desktop_app.casework.coming import Coming
from desktop_app.casework.dates import as_moment
from desktop_app.casework.people import Team
from desktop_app.casework.records import Answers
from ui.dialogs import Dialogs
from ui.pages.card_paper import CardPanel
from ui.pages.doorstep_answers import step_moment
from ui.pages.doorstep_visit import DoorstepVisit
from ui.session import Session

LEFT, CARD = "left", "card"


def card_panel(session: Session, dialogs: Dialogs, visit: DoorstepVisit) -> CardPanel:
    """Return the panel that makes the card of whoever is visited."""
    also = next_step(visit.typed(), session)
    panel = CardPanel(session, dialogs, visit.facts.file, also)
    panel.saved.connect(lambda _edit: _tick(visit))
    return panel


def next_step(typed: Answers, session: Session) -> Coming | None:
    """Return the next step as something to come; None without a day and a time to come."""
    said = step_moment(typed)
    at = as_moment(said) if len(said) == len("2026-11-26T10:00") else None
    if at is None or at <= session.now():
        return None
    return Coming(at, "", "", form="visit", with_whom=_names(typed, session.team))


def _names(typed: Answers, team: Team) -> str:
    held = typed.get("next_step_with")
    people = [one for one in held if isinstance(one, str)] if isinstance(held, list) else []
    return ", ".join(team.name_of(one) for one in people)


def _tick(visit: DoorstepVisit) -> None:
    """Say that a card was left, where that is asked."""
    pills, sealed = visit.happened.left, visit.facts.account and not visit.facts.editable
    if sealed or visit.typed().get("seen") not in ("not_seen", "refused"):
        return
    if CARD not in pills.values():
        pills.set_values([*pills.values(), CARD])
        visit.happened.edited.emit(LEFT)

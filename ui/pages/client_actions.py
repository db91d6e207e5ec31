# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What can be done for a client, as buttons and a menu: only what the person's roles may write."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from desktop_app.casework.audience import AUDIT, may_hold
from desktop_app.casework.audit import CONSULTATION
from desktop_app.casework.people import Role
from desktop_app.casework.words import _
from ui import icons, theme
from ui.kit.buttons import Button, button
from ui.session import Session

CONSENT = "reporting_consent"
"""The form that says whether somebody may be reported to the national data set."""


@dataclass(frozen=True, slots=True)
class Doing:
    """One thing that can be done.

    Attributes:
        code: which.
        words: its words; the letter after `&` is its Alt key.
        icon: Lucide name.
        form: the form it writes; the roles that may are the form's.
        keys: shortcut, or empty.
        common: whose common act it is: it stands first in their menu.
    """

    code: str
    words: str
    icon: str
    form: str
    keys: str = ""
    common: Role | None = None


def buttons() -> list[Doing]:
    """Return what stands as a button, the first of them filled."""
    return [
        Doing("visit", _("Record &visit"), "footprints", "visit", "Ctrl+R"),
        Doing("book", _("&Book"), "calendar-plus", "appointment", "Ctrl+B"),
        Doing("setting", _("Change &setting"), "arrow-right-left", "setting", "Ctrl+E"),
        Doing("note", _("Add &note"), "notebook-pen", "note", "Ctrl+N"),
    ]


def menu() -> list[Doing]:
    """Return what stands behind the three dots."""
    worker, officer = Role.KEY_WORKER, Role.OFFICER
    contact = _("Stop and search or other police contact")
    return [
        Doing("plan", _("Plan: goals and steps"), "target", "goal", common=worker),
        Doing("treatment", _("Treatment step"), "pill", "treatment_step"),
        Doing("reporting_consent", _("Consent to national reporting"), "file-check", CONSENT),
        Doing("attachment", _("Attach a letter or picture"), "file-text", "attachment"),
        Doing("clinical_note", _("Clinical note"), "stethoscope", "clinical_note"),
        Doing("need", _("Need"), "life-buoy", "need", common=worker),
        Doing("willingness", _("Willingness to engage"), "message-square-quote", "willingness"),
        Doing("alert", _("Safety alert"), "shield-alert", "alert"),
        Doing("police_contact", contact, "shield", "police_contact", common=officer),
        Doing("planned_enforcement", _("Planned enforcement"), "siren", "planned_enforcement"),
        Doing("arrest", _("Arrest and outcome"), "gavel", "arrest", common=officer),
        Doing("posture", _("Ask for a posture"), "sliders-horizontal", "posture"),
        Doing("boundary", _("Boundary decision"), "scale", "boundary"),
        Doing("release_day", _("Plan the day of release"), "door-open", "release_plan"),
        Doing("offer", _("Hand over"), "handshake", "handover"),
        Doing("handover_pack", _("Handover pack"), "printer", "export"),
        Doing("handover", _("Name or end the key worker"), "hand-heart", "assignment"),
        Doing("cohort", _("Place in the initiative"), "flag", "cohort"),
        Doing("support", _("Spell of support"), "heart-handshake", "support"),
        Doing("summary", _("Print or save a summary"), "printer", "export"),
        Doing("card", _("Card to leave behind"), "mail", "export", common=worker),
        Doing("retention", _("Keep or erase"), "archive", "retention"),
        Doing("twice", _("What was written twice"), "git-merge", "settled"),
        Doing("seen", _("Who has seen this"), "eye", CONSULTATION),
        Doing("client", _("Change name, address or contact"), "pencil", "client", common=worker),
    ]


def made_buttons(session: Session, do: Callable[[str], None]) -> list[Button]:
    """Return the buttons this person may press."""
    made = []
    for one in buttons():
        if not session.may_write(one.form):
            continue
        kind = "primary" if one.code == "visit" else "plain"
        each = button(one.words, kind, icon=one.icon, shortcut=one.keys)
        each.clicked.connect(lambda _on=False, code=one.code: do(code))
        made.append(each)
    return made


def made_actions(session: Session, owner: QObject, do: Callable[[str], None]) -> list[QAction]:
    """Return the actions of the menu this person may take, those of every day first."""
    made = []
    reads_audit, roles = may_hold(AUDIT, session.me), session.me.roles
    for one in sorted(menu(), key=lambda one: one.common not in roles):
        if not session.may_write(one.form) or (one.form == CONSULTATION and not reads_audit):
            continue
        action = QAction(icons.icon(one.icon, "text", size=theme.px(16)), one.words, owner)
        action.triggered.connect(lambda _on=False, code=one.code: do(code))
        made.append(action)
    return made

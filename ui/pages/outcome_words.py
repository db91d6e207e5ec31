# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the page of the last four weeks says of a form that is new, altered or corrected."""

from collections.abc import Callable

from desktop_app.casework.audience import may_write
from desktop_app.casework.dates import say_moment
from desktop_app.casework.forms import form
from desktop_app.casework.outcomes import FORM
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _, inside
from ui.clock import local
from ui.kit.buttons import button
from ui.kit.empty import Empty
from ui.pages.outcome_facts import OutcomeFacts
from ui.session import Session


def head(facts: OutcomeFacts, session: Session) -> tuple[str, str]:
    """Return the title of the page, and what stands beneath it."""
    title, about = _(facts.pack.title), _(facts.pack.about) if facts.pack.about else ""
    old = facts.record
    if old is None or not facts.correcting:
        return title, about
    at = local(old.recorded_at).isoformat(timespec="minutes")[:16]
    said = {"who": session.team.name_of(old.author), "at": say_moment(at, session.today())}
    return _("Correct: %(what)s") % {"what": inside(title)}, (
        _(
            "Written by %(who)s, %(at)s. It stays as it is, and yours beside it: who corrected it, "
            "when, why, and what it was before. What is drawn follows yours."
        )
        % said
    )


def save(facts: OutcomeFacts) -> str:
    """Return the words of the button that saves."""
    return _("Save the correction") if facts.correcting else _("Save the form")


def is_mine(session: Session) -> bool:
    """Say whether the person signed in fills such a form in: it is health's."""
    return session.may_write(FORM) and form(FORM).audience in session.me.audiences


def read_by(session: Session) -> str:
    """Return who will read it."""
    readers = [one.name for one in session.readers(form(FORM).audience)]
    return _("Read by %(names)s") % {"names": listed(readers)}


def nothing(session: Session, leave: Callable[[], object], *, known: bool) -> Empty:
    """Return what stands there where nothing is asked.

    Args:
        session: whoever came.
        leave: takes them back.
        known: whether the client is on this laptop: then the form is not theirs to fill in.
    """
    act = button(_("&Back"), icon="arrow-left")
    act.clicked.connect(leave)
    if not known:
        why = _("The record may not have arrived yet, or you may not hold it.")
        return Empty("user-x", _("This client is not on this laptop."), why=why, act=act)
    asked = form(FORM)
    who = [one.name for one in session.readers(asked.audience) if may_write(asked, one.roles)]
    why = _(
        "What people say of their last four weeks is health's: nurses ask, and key workers who "
        "hold health. The team has neither yet."
    )
    if who:
        why = _(
            "What people say of their last four weeks is health's. It is asked and kept by "
            "%(names)s."
        ) % {"names": listed(who)}
    return Empty("chart-column", _("You do not fill this form in"), why=why, act=act)

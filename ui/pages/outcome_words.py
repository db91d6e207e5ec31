# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the page of the last four weeks says of a form that is new, altered or corrected."""

from desktop_app.casework.dates import say_moment
from desktop_app.casework.words import _
from ui.clock import local
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
    return _("Correct: %(what)s") % {"what": title[:1].lower() + title[1:]}, (
        _(
            "Written by %(who)s, %(at)s. It stays as it is, and yours beside it: who corrected it, "
            "when, why, and what it was before. What is drawn follows yours."
        )
        % said
    )


def save(facts: OutcomeFacts) -> str:
    """Return the words of the button that saves."""
    return _("Save the correction") if facts.correcting else _("Save the form")

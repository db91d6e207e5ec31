# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""An older casebook in words: what happened, what is safe, what to do, and what came of it."""

from collections.abc import Sequence
from datetime import date

from desktop_app.casework.calendar_words import say_moment
from desktop_app.casework.words import _, ngettext
from storage.older import Older
from sync.rollback import CameBack
from ui.clock import local


def when(ms: int, today: date) -> str:
    """Return a time in UTC milliseconds in words, in local time."""
    return say_moment(local(ms).isoformat(timespec="minutes"), today)


def what_happened(was: Older, today: date) -> str:
    """Return how far this casebook goes, and how far it should."""
    said = [_("This laptop\u2019s casebook is older than the one it last worked in.")]
    if was.held_ms:
        said.append(
            _("The newest of your own work in it is from %(when)s.")
            % {"when": when(was.held_ms, today)}
        )
    if was.known_ms:
        said.append(
            _("Yet something was saved on this laptop at %(when)s.")
            % {"when": when(was.known_ms, today)}
        )
    said.append(
        _(
            "That happens when a copy of its files is put back, when some of them are removed, or "
            "when a copy is used on another laptop."
        )
    )
    return " ".join(said)


def what_is_safe() -> str:
    """Return what nobody needs to worry about."""
    return _(
        "Everything you had shared is safe with your team and comes back. Everything here can be "
        "read. Nothing was deleted, and nothing was sent."
    )


def what_to_do() -> str:
    """Return what to do about it."""
    return _(
        "Nothing can be saved here until you go on; what you type is kept as a draft. If somebody "
        "put the old files there and still has the newer ones, ask for those first. Otherwise go "
        "on: what the team has is taken in, and you write on from there. If nobody knows how this "
        "came about, tell your coordinator."
    )


def what_came_back(was: Older, back: Sequence[CameBack], today: date) -> list[str]:
    """Return, after going on, what was there again and what may be missing."""
    said = [
        ngettext(
            "%(n)d record of yours came back from the team.",
            "%(n)d records of yours came back from the team.",
            len(back),
        )
        % {"n": len(back)}
        if back
        else _("The team had nothing of yours that was not here.")
    ]
    if was.known_ms > was.held_ms:
        said.append(
            _(
                "What you wrote between %(first)s and %(last)s and had not shared is missing: "
                "write it again."
            )
            % {
                "first": when(was.held_ms, today) if was.held_ms else _("the beginning"),
                "last": when(was.known_ms, today),
            }
        )
    elif not was.known_ms:
        said.append(_("What had not been shared may be missing: look through your last days."))
    return said


def one_that_came_back(one: CameBack, today: date) -> str:
    """Return a record that came back: what it is, and when it was written."""
    return _("%(form)s, %(when)s") % {"form": one.form, "when": when(one.at_ms, today)}

# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""When something was recorded, in words, where its own clock is not to be believed."""

from desktop_app.casework.dates import say_moment
from desktop_app.casework.recorded import Window
from desktop_app.casework.words import _
from ui.clock import local
from ui.session import Session


def between(window: Window, session: Session) -> str:
    """Return between which times something was recorded; empty where nothing is known."""
    said = {
        "after": _moment(window.earliest_ms, session),
        "before": _moment(window.latest_ms, session),
    }
    if window.earliest_ms is not None and window.latest_ms is not None:
        last = local(window.latest_ms)
        if local(window.earliest_ms).date() == last.date():  # the day is said once
            said["before"] = f"{last:%H:%M}"
    if not window.known:
        return ""
    if window.latest_ms is None:
        return _("after %(after)s") % said
    if window.earliest_ms is None:
        return _("before %(before)s") % said
    return _("between %(after)s and %(before)s") % said


def on_request(window: Window, session: Session) -> str:
    """Return what is answered to whoever asks when a record was made."""
    when = between(window, session)
    if not when:
        return _("Nothing but the clock of its laptop says when it was recorded.")
    said = {"when": when}
    return (
        _("Recorded %(when)s, going by what its author had read and by who has read it since.")
        % said
    )


def doubt(window: Window | None, session: Session) -> str:
    """Return that the clock of a laptop was wrong, and what is known; empty where it was right."""
    if window is None or not window.doubtful:
        return ""
    wrong = _("The clock of the laptop this was written on was wrong: it said %(claimed)s.")
    said = wrong % {"claimed": _moment(window.claimed_ms, session)}
    return f"{said} {on_request(window, session)}"


def in_short(window: Window, session: Session) -> str:
    """Return the same for part of a line."""
    said = {"when": between(window, session)}
    return _("%(when)s; the clock of that laptop was wrong") % said if window.doubtful else ""


def _moment(ms: int | None, session: Session) -> str:
    if ms is None:
        return ""
    return say_moment(local(ms).isoformat(timespec="minutes")[:16], session.today())

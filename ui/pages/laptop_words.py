# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""How the backups and checks of a vault stand, said in sentences a person can act on."""

from datetime import date
from typing import NamedTuple

from desktop_app.casework.calendar_words import say_moment
from desktop_app.casework.elapsed import A_DAY_MS, elapsed
from desktop_app.casework.words import _, ngettext
from ui.clock import local
from ui.pages.rescue_steps import said_size
from ui.upkeep_state import State


class Standing(NamedTuple):
    """How something stands: an icon and its tone, a sentence, and what it means."""

    icon: str
    tone: str
    head: str
    detail: str


def said_when(ms: int, today: date) -> str:
    """Return "today, 14:32", "yesterday, 09:10" or "Thu 19 Nov, 09:10"."""
    moment = local(ms)
    days = (today - moment.date()).days
    if days == 0:
        return _("today, %(time)s") % {"time": f"{moment:%H:%M}"}
    if days == 1:
        return _("yesterday, %(time)s") % {"time": f"{moment:%H:%M}"}
    return say_moment(moment.isoformat(timespec="minutes"), today)


def said_backup(state: State, *, now_ms: int, today: date) -> Standing:
    """Say whether there is a backup, and whether it holds all work."""
    known = state.known
    if not state.recovery:
        return Standing(
            "key-round",
            "warn",
            _("Nothing can be backed up yet: this casebook has no recovery key"),
            _("A backup opens with the recovery words only. Without them it would be of no use."),
        )
    if not known.folder:
        return Standing(
            "archive",
            "warn",
            _("Nothing on this laptop is backed up yet"),
            _("Choose a folder once. From then on Tandem makes a backup whenever you pause."),
        )
    if not known.last_ms:
        return Standing("archive", "warn", _("No backup has been made yet"), _said_next(state))
    head = _("Backed up %(when)s") % {"when": said_when(known.last_ms, today)}
    if not state.newer:
        return Standing(
            "circle-check",
            "ok",
            head,
            _("Everything is in it. It was opened again and compared before it counted."),
        )
    late = elapsed(known.last_ms, now_ms) >= A_DAY_MS
    detail = _("What was done since is not in it yet. %(next)s") % {"next": _said_next(state)}
    return Standing(
        "history" if not late else "triangle-alert", "warn" if late else "info", head, detail
    )


def said_check(state: State, *, today: date) -> Standing:
    """Say whether the vault is whole, and how far that was looked at."""
    known = state.known
    if known.damage:
        return Standing("triangle-alert", "bad", _("Damaged"), said_of_damage())
    if state.older:
        return Standing(
            "history",
            "warn",
            _("Older than it should be"),
            _(
                "A part of this casebook, or all of it, is from before. The bar above says what "
                "happened, and what to do."
            ),
        )
    if not known.quick_ms:
        return Standing("circle-dot", "neutral", _("Not looked at yet"), "")
    if known.full_ms:
        detail = _("Every page and every record was last looked at %(when)s.") % {
            "when": said_when(known.full_ms, today)
        }
        head = _("Whole, looked at %(when)s")
    else:
        detail = _("Not every page has been looked at yet. Tandem does that once a week.")
        head = _("No damage seen, looked at %(when)s")
    if known.missing:
        detail = f"{' '.join(known.missing)} {detail}"
    head %= {"when": said_when(known.quick_ms, today)}
    return Standing("circle-check", "ok", head, detail)


def said_of_damage() -> str:
    """Say what to do about damage that a check has found."""
    return _(
        "A part of this casebook is damaged. What was shared is safe with your team. Share now, "
        "then lock, and choose “Something is wrong” on the sign-in page."
    )


def said_kept(at: int, ms: int, size: int, today: date) -> str:
    """Say of one backup when it was made, and how large it is."""
    newest = _(", the newest") if at == 0 else ""
    return f"{said_when(ms, today).capitalize()}{newest} · {said_size(size)}"


def said_how_many(count: int) -> str:
    """Say how many backups there are."""
    return ngettext("%(n)d backup that counts", "%(n)d backups that count", count) % {"n": count}


def _said_next(state: State) -> str:
    if not state.lying.there:
        return _("The folder is not there just now: plug in its stick, or connect its drive.")
    return _("Tandem makes the next one when you pause, and before it locks by itself.")

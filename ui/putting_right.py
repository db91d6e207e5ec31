# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Putting a vault back or right, and saying what came of it: for the window and the command line.

Rules, each with a test:

* A vault that was put back counts only once its new passphrase has opened it.
* What is missing, or could not be saved, is always said; so is where the old one is kept.
"""

from collections.abc import Callable
from pathlib import Path

from desktop_app.casework.calendar_words import say_date
from desktop_app.casework.people import Role
from desktop_app.casework.words import _, ngettext
from storage.copies import Step
from storage.repair import Repaired
from storage.restore import Restored, restore
from storage.store import Store
from storage.unlock import STANDARD, Cost, unlock
from sync.seat import seat_of
from ui import home as homes
from ui.clock import local


def put_back(
    backup: Path,
    to: Path,
    *,
    words: str,
    passphrase: str,
    now_ms: int,
    cost: Cost = STANDARD,
    progress: Step = lambda _words: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Restored:
    """Put a backup back, open it with its new passphrase, and give it its sign.

    Raises:
        VaultError: as `storage.restore.restore`; everything is as it was.
    """
    done = restore(
        backup,
        to,
        words=words,
        passphrase=passphrase,
        now_ms=now_ms,
        cost=cost,
        progress=progress,
        cancelled=cancelled,
    )
    progress(_("Opening it with the new passphrase …"))
    store = Store.open(done.folder, unlock(done.folder, passphrase))
    try:
        homes.write_about(done.folder, _about(store, done))
    finally:
        store.close()
    return done


def said_of_restored(done: Restored) -> list[str]:
    """Return what to say of a vault that is back: what is missing, and where the old one is."""
    said = []
    if done.newest_ms:
        said.append(
            _(
                "The newest of this laptop's own work in it is from %(when)s. What was written "
                "later comes back when you next share, if it had been shared; if not, it is "
                "missing: write it again."
            )
            % {"when": _when(done.newest_ms)}
        )
    if done.waiting:
        said.append(
            ngettext(
                "%(n)d change waits to be shared.",
                "%(n)d changes wait to be shared.",
                done.waiting,
            )
            % {"n": done.waiting}
        )
    if done.kept is not None:
        said.append(
            _("What was there before is kept as it was: %(folder)s.") % {"folder": done.kept}
        )
    return said


def said_of_repaired(done: Repaired) -> list[str]:
    """Return what to say of a repair: what was saved, what was not, where the old one is."""
    if done.kept is None:
        return [_("The casebook is whole. Nothing was changed.")]
    records = done.saved["record"]
    said = [
        ngettext("%(n)s record was saved.", "%(n)s records were saved.", records)
        % {"n": f"{records:,}"}
    ]
    for table, count in done.lost.items():
        told = _("some") if count is None else f"{count:,}"
        said.append(_("Not saved: %(n)s of the %(what)s.") % {"n": told, "what": _named(table)})
    if done.lost:
        said.append(_("Share now: what was shared comes back from your team."))
    else:
        said.append(_("Nothing was lost."))
    said.append(_("The damaged casebook is kept as it was: %(folder)s.") % {"folder": done.kept})
    return said


def _when(ms: int) -> str:
    moment = local(ms)
    return f"{say_date(moment.date().isoformat())}, {moment:%H:%M}"


def _named(table: str) -> str:
    """Return what people call what lies in a table."""
    return {
        "record": _("records"),
        "bundle": _("bundles from colleagues and of your own"),
        "bundle_raw": _("bundles from colleagues and of your own"),
        "pending": _("changes that were not shared yet"),
        "draft": _("drafts"),
    }.get(table, _("other parts of the casebook"))


def _about(store: Store, done: Restored) -> homes.About:
    """Return what the sign-in page says: as before, else as the team's list says."""
    if done.kept is not None and (done.kept / homes.ABOUT).is_file():
        return homes.about_of(done.kept)
    seat = seat_of(store)
    if seat is None or seat.laptop is None:
        return homes.about_of(done.folder)
    person = seat.team.persons[seat.person]
    role = next((one.value for one in Role if one in person.roles), "")
    return homes.About(person.name, role, seat.laptop.name, team=seat.team.name)

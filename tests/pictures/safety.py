# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Pictures of what is seen when something is wrong, and of what keeps a casebook safe."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from desktop_app.casework.errors import CaseworkError
from storage import recovery, tries
from storage.backup import Backup
from storage.errors import (
    LaptopFull,
    NotBackedUp,
    NotRestored,
    VaultDamaged,
    VaultInUse,
    VaultOlder,
    WrongPassphrase,
)
from storage.repair import Repaired
from storage.restore import Restored
from tests.pictures.doings import scrolled
from ui.clock import Clock
from ui.dialogs import ScreenDialogs
from ui.exchange_run import Stage
from ui.home import VaultPlace
from ui.open_casebook import OpenCasebook
from ui.pages import rescue_ways
from ui.pages.laptop import PROTECTS, LaptopPage
from ui.pages.rescue import Rescue
from ui.pages.rescue_steps import ChooseBackup, Paper, Working
from ui.pages.sign_in import SignIn
from ui.putting_right import said_of_repaired, said_of_restored
from ui.upkeep_state import State


class Draws(Protocol):
    """Whoever draws: the gallery."""

    def draw(self, widget: QWidget, name: str, *, settle: Callable[[], bool], more: bool) -> None:
        """Draw a widget in every look."""

    def wait(self, settled: Callable[[], bool]) -> None:
        """Let the window do what it has begun."""


def draw_ways_out(gallery: Draws, place: VaultPlace, clock: Clock) -> None:
    """Draw the sign-in page in each kind of trouble, and every step that leads out of it."""
    _troubles(gallery, place, clock)
    _steps(gallery, place, clock)
    _ends(gallery, place, clock)


def _troubles(gallery: Draws, place: VaultPlace, clock: Clock) -> None:
    troubles: dict[str, CaseworkError] = {
        "words": WrongPassphrase(),
        "damaged": VaultDamaged(),
        "older": VaultOlder(),
        "in_use": VaultInUse(),
        "full": LaptopFull(),
    }
    tries.forget(place.folder)  # else the button counts the seconds of the try before
    page = SignIn([place], clock=clock)
    for name, error in troubles.items():
        page.card.clear_notices()
        page._refused(error)
        gallery.draw(page, f"trouble_{name}", settle=lambda: True, more=name == "damaged")
    page.card.set_recovery(there=True)
    page.card.lost_words.click()
    gallery.draw(page, "trouble_lost_words", settle=lambda: True, more=True)
    page.close_down()


def _steps(gallery: Draws, place: VaultPlace, clock: Clock) -> None:
    page = Rescue(place, clock=clock, dialogs=ScreenDialogs())

    def draw(name: str, *, more: bool = False) -> None:
        gallery.draw(page, f"rescue_{name}", settle=lambda: not page.busy, more=more)

    draw("ways", more=True)
    page.take("restore")
    draw("backup_none")
    step = page.step
    if isinstance(step, ChooseBackup):
        made = [Backup(Path(), "", clock.now_ms() - day * 86_400_000, 14_200_000) for day in (0, 3)]
        step.show_found(Path("/media/stick/tandem"), made)
    draw("backup")
    page.take("recover")
    paper = page.step
    if isinstance(paper, Paper):
        words = list(recovery.words_of(bytearray(range(16))))
        paper.words.set_text(" ".join([*words[:4], "zoom", *words[5:]]))
        paper._marks.set_typed(12)
        paper.say_wrong("Word 5 is not the one on the paper. Compare it.")
    draw("paper", more=True)
    page.take("repair")
    draw("repair")
    working = Working("Putting the backup back", steps=12)
    page.open_step(working)
    for said in ("Opening the backup …", "Copying the backup …", "Checking every page …"):
        working.show_step(said)
    draw("working")
    page.back()
    rescue_ways.put_it_back(page, Backup(Path(), "", 0, 0), "")
    page.open_step(Working("Putting the backup back", steps=12))
    page._refused(NotRestored())
    draw("not_restored")
    page.close_down()


def _ends(gallery: Draws, place: VaultPlace, clock: Clock) -> None:
    page = Rescue(place, clock=clock, dialogs=ScreenDialogs())
    kept = place.folder.with_name(f"{place.folder.name}.before-2026-11-23-1f0c2a9b")
    page.end("Your casebook is back", said_of_restored(Restored(Path(), kept, clock.now_ms(), 3)))
    gallery.draw(page, "rescue_back", settle=lambda: True, more=True)
    page.end(
        "Looked at, and put right",
        said_of_repaired(Repaired(kept, {"record": 1204}, {"record": 3, "draft": None})),
    )
    gallery.draw(page, "rescue_repaired", settle=lambda: True, more=False)
    page.close_down()


def draw_laptop(gallery: Draws, book: OpenCasebook, stick: Path) -> None:
    """Draw the page of this laptop: before there is a backup, after one, and what protects it.

    Args:
        gallery: draws.
        book: an open casebook.
        stick: an empty folder.
    """
    page = book.frame.page("laptop")
    assert isinstance(page, LaptopPage)
    upkeep = book.upkeep

    def settled() -> bool:
        return not (upkeep.chore.what or book.session.busy or upkeep._carrier.busy)

    def draw(name: str) -> None:
        book.frame.show_page("laptop")
        gallery.wait(settled)
        gallery.draw(book.frame, f"laptop_{name}", settle=settled, more=True)

    draw("no_backup")
    today, now_ms = book.session.today(), book.session.clock.now_ms()
    page.backup.show_state(replace(upkeep.state, recovery=False), now_ms=now_ms, today=today)
    gallery.draw(book.frame, "laptop_no_key", settle=settled, more=True)
    upkeep.use_folder(stick)
    draw("backed_up")
    page.backup.say(page.backup.trouble, str(NotBackedUp()))
    gallery.draw(book.frame, "laptop_not_backed_up", settle=settled, more=False)
    page.backup.clear_notices()
    page.backup.set_running(running=True)
    page.backup.progress.show_stage(Stage("Checking every page …", 2, 8))
    gallery.draw(book.frame, "laptop_backing_up", settle=settled, more=False)
    page.backup.set_running(running=False)
    for name, state in _unwell(upkeep.state, now_ms).items():
        page.check.show_state(state, today=today)
        gallery.draw(book.frame, f"laptop_{name}", settle=settled, more=False)
    page.check.show_state(upkeep.state, today=today)
    page.show_view(PROTECTS)
    draw("protects")
    at_end = partial(scrolled, page)
    gallery.draw(
        book.frame, "laptop_protects_end", settle=lambda: at_end() and settled(), more=False
    )


def _unwell(state: State, now_ms: int) -> dict[str, State]:
    """Return what a check can find: damage, an older part, something missing, nothing."""
    whole = replace(state.known, full_ms=now_ms)
    return {
        "damaged": replace(state, known=replace(whole, damage=("Page 7",))),
        "older": replace(state, older=True),
        "whole": replace(state, known=whole),
    }

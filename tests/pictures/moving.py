# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Pictures of what moves between laptops: a rehearsal, what is set aside, a stick in its states."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtWidgets import QScrollArea, QWidget

from storage import ledger
from storage.store import Store
from sync.arrival import Arrival, NotYet
from sync.outcome import Author, Receipt
from sync.reasons import Reason
from sync.share import FolderShare, ShareUnreachable
from sync.stick import Room
from sync.stick_survey import known, survey
from sync.unsettled import Missing
from ui import stick_run
from ui.open_casebook import OpenCasebook
from ui.pages.importing import ImportPage
from ui.pages.importing_brings import Brings, unnamed
from ui.pages.sharing import SharingPage
from ui.pages.sharing_facts import AsideRow
from ui.pages.stick import StickPanel
from ui.places import Place
from ui.stick_run import Filled

HOUR_MS = 3_600_000
_MORE = ("import_rehearsed_end", "import_later", "import_foreign", "import_aside", "stick_new")
"""Drawn in high contrast and large letters as well."""


class Draws(Protocol):
    """Whoever draws: the gallery."""

    def draw(self, widget: QWidget, name: str, *, settle: Callable[[], bool], more: bool) -> None:
        """Draw a widget in every look."""

    def go(self, book: OpenCasebook, where: Place) -> None:
        """Go to a place and wait until it is whole."""

    def wait(self, settled: Callable[[], bool]) -> None:
        """Let the window do what it has begun."""

    def wants(self, *begin: str) -> bool:
        """Say whether a picture whose name begins so is wanted."""


def draw_moving(gallery: Draws, book: OpenCasebook, store: Store, stick: Path) -> None:
    """Draw Import's rehearsal to its end, what is set aside, and a stick in every state."""
    book.frame.show_page("import")
    page = book.frame.page("import")
    assert isinstance(page, ImportPage)

    def settled() -> bool:
        panel = page.matters.panel
        busy = isinstance(panel, StickPanel) and panel.run.running
        return not busy and not book.session.busy and not book.exchanging.running

    def keep(name: str, *, end: bool = False) -> None:
        def at_end() -> bool:
            for area in book.frame.findChildren(QScrollArea) if end else ():
                area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
            return settled()

        gallery.wait(settled)
        gallery.draw(book.frame, f"coordinator_{name}", settle=at_end, more=name in _MORE)

    gallery.wait(settled)
    keep("import_rehearsed_end", end=True)
    _unwritten(book, page, keep)
    _waiting(page, store, Path(book.exchanging.share), keep, lambda: gallery.wait(settled))
    _aside(store, Path(book.exchanging.share), int(book.session.clock.now_ms()))
    page.matters.ask()
    gallery.wait(settled)
    keep("import_aside_strip")
    page.matters.show_aside()
    gallery.wait(settled)
    keep("import_aside")
    keep("import_aside_end", end=True)
    for row in ledger.set_aside(store):
        ledger.drop_set_aside(store, row.path)
    with pytest.MonkeyPatch.context() as at:
        at.setattr(stick_run, "room_of", lambda _folder: Room(28 << 30, read_only=False))
        _sticks(page, stick, Path(book.exchanging.share), keep, lambda: gallery.wait(settled))
    page.put_off()
    page.look()
    gallery.wait(settled)
    _known(book, keep, lambda: gallery.wait(settled))


def _unwritten(book: OpenCasebook, page: ImportPage, keep: Callable[..., None]) -> None:
    """Draw a look on a laptop whose disk takes no entry of the audit."""
    session = book.session
    brings = Brings(page.found, book.exchanging.rehearsal, session.team, session.today())
    page._show_brings(unnamed(brings))
    keep("import_unwritten")
    page._show_brings(brings)


def _waiting(
    page: ImportPage,
    store: Store,
    folder: Path,
    keep: Callable[..., None],
    wait: Callable[[], None],
) -> None:
    """Draw looks at a folder in which bundles are missing, and at one with a file of strangers."""
    lines: dict[str, list[str]] = {}
    for path, _raw in survey(FolderShare(folder), known(store)).new:
        lines.setdefault(path.rpartition("/")[0], []).append(path)
    firsts = [min(paths) for paths in sorted(lines.values(), key=len, reverse=True)]

    def look(name: str, *, end: bool = False) -> None:
        page.look()
        wait()
        keep(name)
        if end:
            keep(f"{name}_end", end=True)

    def without(paths: list[str], name: str, *, end: bool = False) -> None:
        held = {path: (folder / path).read_bytes() for path in paths}
        for path in held:
            (folder / path).unlink()
        look(name, end=end)
        for path, raw in held.items():
            (folder / path).write_bytes(raw)

    without(firsts[:1], "import_later", end=True)
    without(firsts, "import_nothing_yet")
    strange = folder / Path(firsts[0]).parent / f"0000000099-{'0' * 32}.bundle"
    strange.write_bytes(bytes(range(256)) * 9)
    look("import_foreign")
    strange.unlink()
    page.look()
    wait()


def _aside(store: Store, folder: Path, now_ms: int) -> None:
    """Set some files aside, as if something were wrong with each."""
    share, here = FolderShare(folder), known(store)
    new = survey(share, here).new
    reasons = (Reason.FUTURE, Reason.AFTER_CUTOFF, Reason.GAP)
    for at, (reason, (path, raw)) in enumerate(zip(reasons, new, strict=False), 1):
        since = now_ms - at * 7 * HOUR_MS
        ledger.put_set_aside(store, ledger.SetAside(path, raw, reason, "", since, now_ms, at * 3))
    strange = f"{new[0][0].rpartition('/')[0]}/0000000099-{'0' * 32}.bundle"
    for path, reason in ((strange, Reason.NO_KEY), (strange[:-9], Reason.BAD_SIGNATURE)):
        row = ledger.SetAside(path, b"", reason, "", now_ms - 90 * HOUR_MS, now_ms, 9)
        ledger.put_set_aside(store, row)


def _sticks(
    page: ImportPage,
    stick: Path,
    folder: Path,
    keep: Callable[..., None],
    wait: Callable[[], None],
) -> None:
    def show() -> StickPanel:
        page.matters.show_stick(str(stick))
        wait()
        panel = page.matters.panel
        assert isinstance(panel, StickPanel)
        return panel

    show()
    keep("stick_empty")
    shutil.copytree(folder, stick, dirs_exist_ok=True)
    (stick / "tandem-0badcafe").mkdir()
    (stick / "holiday.jpg").write_bytes(b"sea")
    newest = sorted(stick.rglob("*.bundle"))[-1]
    newest.write_bytes(newest.read_bytes()[:-9])
    panel = show()
    keep("stick_new")
    panel.run.looked.emit(panel._found, Room(9 << 20, read_only=True))
    keep("stick_read_only")
    left = sorted(stick.rglob("*.bundle"))
    for one in left[::2]:
        one.unlink()
    panel._show_filled(Filled(len(left) // 2, len(left)))
    wait()
    panel.run.looked.emit(panel._found, Room(free=7 << 10, read_only=False))
    keep("stick_full")
    panel._show_failed(ShareUnreachable())
    keep("stick_gone")
    show().run.fill()
    wait()
    keep("stick_filled")
    _not_as_it_was(stick, show, keep)


def _not_as_it_was(stick: Path, show: Callable[[], StickPanel], keep: Callable[..., None]) -> None:
    """Draw a stick with a damaged copy of what is held here, then one of another team."""
    whole = min(stick.rglob("*.bundle"))
    whole.write_bytes(whole.read_bytes()[:-9])
    show()
    keep("stick_spoilt")
    shutil.rmtree(stick)
    (stick / "tandem-0badcafe").mkdir(parents=True)
    show()
    keep("stick_other_team")


def _known(book: OpenCasebook, keep: Callable[..., None], wait: Callable[[], None]) -> None:
    """Draw Sharing with everything it may have to say at once."""
    book.frame.show_page("sharing")
    page = book.frame.page("sharing")
    assert isinstance(page, SharingPage)
    wait()
    laptop, other = Author("A. Bello", "Laptop 4"), Author("K. Osei", "Laptop 2")
    at = int(book.session.clock.now_ms()) - 40 * HOUR_MS
    told = Arrival(
        Receipt(67, at, (), (laptop, other)),
        {"alert": 1, "visit": 2},
        (
            NotYet(laptop, at - HOUR_MS, since=False, waits_for=((other, 103),)),
            NotYet(Author("PC R. Shah", "Laptop 3"), at, since=True, why=Reason.FUTURE.value),
        ),
    )
    facts = replace(
        page._facts,
        warnings=(
            "The team folder was last reached 9 days ago. What others wrote since is not here, and "
            "what you wrote since is on this laptop alone.",
        ),
        missing=(Missing(bytes(16), laptop, 17, 17, 3, at),),
        arrivals=(told, *page._facts.arrivals),
        aside=(AsideRow("Bundle 104 from A. Bello on Laptop 4", Reason.FUTURE.words, at),),
    )
    page.side.show_facts(facts, book.session.today())
    keep("sharing_known")
    keep("sharing_known_end", end=True)

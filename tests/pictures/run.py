# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Draws the gallery: every page of a made-up team, in its colours, sizes and states.

`make pictures` runs it; names after it, or how names begin, draw those alone. The pictures are for
people to look at and land in build/pictures, which is not kept. Nothing is compared: a person
judges.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.casework import audience
from desktop_app.casework.people import Person, Role
from storage import reads, unlock
from storage.store import Store
from sync.admission import found_team
from sync.team import NewPerson
from tests.pictures import (
    asking,
    deciding,
    doings,
    forum,
    moving,
    newcomer,
    nothing_yet,
    person,
    putting_right,
    safety,
    sheets,
    trust,
    twice,
    twins,
    week,
)
from tests.pictures.town import StoppedClock, Town, opened, windows_gone
from ui import home as homes
from ui import theme
from ui.app import make_application
from ui.dialogs import ScreenDialogs
from ui.home import About, VaultPlace
from ui.open_casebook import OpenCasebook
from ui.pages.first_run import FirstRun
from ui.pages.first_run_keepers import KeepersOffer
from ui.pages.first_run_steps import Compare, Step, Words
from ui.pages.sign_in import SignIn
from ui.places import Place
from ui.tokens import Scheme

OUT = Path("build/pictures")
TICK_MS, QUIET, PATIENCE_MS = 6, 5, 20_000
LARGE, SMALL = (1366, 768), (1093, 574)
LOOKS = (
    (Scheme.LIGHT, LARGE, 1.0, ""),
    (Scheme.DARK, LARGE, 1.0, "_dark"),
    (Scheme.LIGHT, SMALL, 1.0, "_small"),
    (Scheme.DARK, SMALL, 1.0, "_small_dark"),
)
MORE_LOOKS = (
    (Scheme.CONTRAST, LARGE, 1.0, "_contrast"),
    (Scheme.LIGHT, LARGE, 1.5, "_150"),
)
Group = tuple[tuple[str, ...], Callable[["Gallery", OpenCasebook, Store], None]]
"""How the names of some pictures begin, and what draws them."""


class Gallery:
    """Draws widgets into files."""

    def __init__(self, app: QApplication, names: Sequence[str] = ()) -> None:
        self.app, self._names, self.looks = app, names, LOOKS
        self.count = 0

    def wants(self, *begin: str) -> bool:
        """Say whether a picture whose name begins so is wanted."""
        some = (one.startswith(b) or b.startswith(one) for one in self._names for b in begin)
        return not self._names or any(some)

    def _named(self, name: str) -> bool:
        return not self._names or name.startswith(tuple(self._names))

    def draw(self, widget: QWidget, name: str, *, settle: Callable[[], bool], more: bool) -> None:
        """Draw a widget in every look."""
        if not self._named(name):
            return
        for scheme, size, scale, end in (*LOOKS, *(MORE_LOOKS if more else ())):
            theme.apply(self.app, theme.Theme(scheme, scale))
            widget.resize(*size)
            widget.show()
            self.wait(settle)
            if widget.width() > size[0]:  # help that was open has given way only now
                widget.resize(*size)
                self.wait(settle)
            self.keep(widget, f"{name}{end}")
        theme.apply(self.app, theme.Theme())

    def keep(self, widget: QWidget, name: str) -> None:
        """Keep a picture of a widget as it is."""
        widget.grab().save(str(OUT / f"{name}.png"))
        self.count += 1
        sys.stdout.write(f"{name}\n")
        sys.stdout.flush()

    def wear(
        self, book: OpenCasebook, scheme: Scheme, size: tuple[int, int], scale: float = 1.0
    ) -> None:
        """Show a casebook in a look; putting on a theme restyles every page there is."""
        theme.apply(self.app, theme.Theme(scheme, scale))
        book.window.resize(*size)
        book.window.show()

    def go(self, book: OpenCasebook, where: Place) -> None:
        """Go to a place and wait until it is whole."""
        book.frame.go_to(where)
        self.wait(lambda: not book.session.busy and not book.exchanging.running)

    def keep_settled(self, book: OpenCasebook, name: str) -> None:
        """Keep a picture of a casebook once it has done what it has begun."""
        self.wait(lambda: not book.session.busy and not book.exchanging.running)
        self.keep(book.window, name)

    def walk(
        self,
        book: OpenCasebook,
        places: Sequence[tuple[str, Place]],
        looks: Sequence[tuple[Scheme, tuple[int, int], float, str]],
        whose: str,
    ) -> None:
        """Draw some places of a casebook, one look after the other."""
        wanted = [one for one in places if self._named(f"{whose}_{one[0]}")]
        for scheme, size, scale, end in looks if wanted else ():
            self.wear(book, scheme, size, scale)
            for name, where in wanted:
                self.go(book, where)
                if book.window.width() > size[0]:  # the rail has given way only now
                    book.window.resize(*size)
                    self.wait(lambda: not book.session.busy)
                self.keep(book.window, f"{whose}_{name}{end}")
        theme.apply(self.app, theme.Theme())

    def wait(self, settled: Callable[[], bool]) -> None:
        """Let the window do what it has begun."""
        loop, tick, quiet = QEventLoop(), QTimer(), 0
        patience = PATIENCE_MS // TICK_MS

        def look() -> None:
            nonlocal quiet, patience
            patience -= 1
            quiet = quiet + 1 if settled() else 0
            if quiet > QUIET or patience <= 0:  # an answer may be followed by another question
                loop.quit()

        tick.timeout.connect(look)
        tick.start(TICK_MS)
        loop.exec()


def main() -> int:
    """Draw everything."""
    names = sys.argv[1:]
    if not names:
        shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True, exist_ok=True)
    app = make_application()
    theme.apply(app, theme.Theme())
    gallery = Gallery(app, names)
    town = Town(OUT.parent / "pictures-team")
    with windows_gone():
        _before(gallery, town.home)
    with windows_gone():
        trust.draw_paper(gallery)
        safety.draw_ways_out(gallery, homes.vaults(town.home)[0], StoppedClock())
    for place in homes.vaults(town.home):
        if gallery.wants(place.about.role, "laptop"):
            _role(gallery, town, place)
        if place.about.role == Role.KEY_WORKER.value and gallery.wants("analyst"):
            _analyst(gallery, town, place)
    if gallery.wants("empty"):
        with windows_gone():
            _first_day(gallery, _emptied("pictures-first-day"))
    with windows_gone():
        week.draw_week(gallery, _emptied("pictures-week"))
    if gallery.wants("twice"):
        twice.draw_twice(gallery, town.renew(), opened, now_ms=StoppedClock().now_ms())
    sys.stdout.write(f"{gallery.count} pictures in {OUT}\n")
    return 0


def _before(gallery: Gallery, town: Path) -> None:
    """Draw what is seen before a casebook is open."""
    dialogs, clock = ScreenDialogs(), StoppedClock()
    sign_in = SignIn(homes.vaults(town), clock=clock, passphrase=homes.made_up_passphrase(town))
    gallery.draw(sign_in, "unlock", settle=lambda: True, more=True)
    sign_in.passphrase.setText("harbour kettle violet")
    sign_in.unlock()
    busy = sign_in._worker
    gallery.draw(sign_in, "unlock_wrong", settle=lambda: not busy.busy, more=False)
    sign_in.close_down()
    first = FirstRun(town / "empty", clock=clock, dialogs=dialogs)
    gallery.draw(first, "first_run", settle=lambda: True, more=True)
    for way in ("new", "join"):
        first.take(way)
        gallery.draw(first, f"first_run_{way}", settle=lambda: True, more=False)
    step = first.steps.currentWidget()
    if isinstance(step, Step):
        step.act.click()
    gallery.draw(first, "first_run_problem", settle=lambda: True, more=False)
    gallery.draw(Words(unlock.generate), "first_run_words", settle=lambda: True, more=False)
    offer = KeepersOffer("Saltings")
    gallery.draw(offer, "first_run_keepers", settle=lambda: True, more=False)
    compare = Compare()
    compare.show_words(("harbour", "kettle", "violet", "marble", "sixpence", "drift"))
    gallery.draw(compare, "first_run_compare", settle=lambda: True, more=False)
    first.close_down()


def _role(gallery: Gallery, town: Town, place: VaultPlace) -> None:
    """Draw the pages of one role's casebook, then what it is at; each begins from the same team."""
    role = place.about.role
    looks = (*LOOKS, *(MORE_LOOKS if role in _IN_MORE_LOOKS else ()))
    with town.casebook(place) as (book, store):
        gallery.walk(book, _read_places(book, role), looks, role)
    begins = tuple(f"{role}_{one}" for one in person.BEGIN)
    loop: Group = (begins, partial(person.draw_person, whose=role))
    for begin, draw in (*_AT_WORK.get(role, ()), loop):
        if gallery.wants(*begin):
            with town.casebook(place) as (book, store):
                gallery.wait(lambda book=book: not book.session.busy)  # type: ignore[misc]
                draw(gallery, book, store)


def _read_places(book: OpenCasebook, role: str) -> list[tuple[str, Place]]:
    """Read what is worth a picture where the casebook is worked with: two threads would wait."""
    found: list[tuple[str, Place]] = book.session.work(
        lambda vault: list(_places(vault, role))
    ).result()
    return found


def _analyst(gallery: Gallery, town: Town, place: VaultPlace) -> None:
    """Draw what an analyst reads and may do: what is for all partners, and little to write."""
    roles = frozenset({Role.ANALYST})
    ling = Person("f" * 16, "T. Ling", "Saltings Council", roles, audience.by_default(roles))
    with town.casebook(place, ling) as (book, store):
        gallery.walk(book, _read_places(book, "analyst"), LOOKS, "analyst")
        person.draw_person(gallery, book, store, "analyst")


_IN_MORE_LOOKS = (Role.KEY_WORKER.value, Role.COORDINATOR.value)
_AT_WORK: Mapping[str, Sequence[Group]] = {
    Role.KEY_WORKER.value: (
        (("key_worker_",), doings.draw_doings),
        (
            ("key_worker_attach",),
            lambda at, book, store: trust.draw_attachments(
                at, book, store, _emptied("pictures-letters")
            ),
        ),
        (
            ("key_worker_today_", "key_worker_sharing_shut"),
            lambda at, book, _store: deciding.draw_out(at, book),
        ),
        (putting_right.RINGING, putting_right.draw_ringing),
        (("key_worker_arriving",), lambda at, book, _store: newcomer.draw_arriving(at, book)),
    ),
    Role.OFFICER.value: ((asking.BEGIN, lambda at, book, _store: asking.draw_asking(at, book)),),
    Role.NURSE.value: ((putting_right.RIGHT, putting_right.draw_putting_right),),
    Role.COORDINATOR.value: (
        (("coordinator_retention_",), doings.draw_deciding),
        (
            ("laptop",),
            lambda at, book, _store: safety.draw_laptop(at, book, _emptied("pictures-stick")),
        ),
        (
            ("coordinator_import_", "coordinator_stick_", "coordinator_sharing_known"),
            lambda at, book, store: moving.draw_moving(
                at, book, store, _emptied("pictures-blue-stick")
            ),
        ),
        (
            ("coordinator_import_", "coordinator_today_"),
            lambda at, book, _store: doings.draw_taking_in(at, book),
        ),
        (("coordinator_keepers", "coordinator_team_signing"), deciding.draw_keepers),
        (("coordinator_sharing_back",), deciding.draw_back),
        (("coordinator_lost",), lambda at, book, _store: deciding.draw_lost(at, book)),
        (
            ("coordinator_team_late", "coordinator_team_doubt"),
            lambda at, book, _store: deciding.draw_late(at, book),
        ),
        (
            ("coordinator_team_", "coordinator_sharing_team"),
            lambda at, book, store: doings.draw_team(
                at, book, store, _emptied("pictures-newcomer")
            ),
        ),
        (trust.BEGIN, trust.draw_trust),
        (("coordinator_joining_",), twins.draw_twins),
        (
            ("coordinator_forum_", "coordinator_boards_forum"),
            lambda at, book, _store: forum.draw_forum(at, book),
        ),
        (
            ("coordinator_sheets_",),
            lambda at, book, store: sheets.draw_sheets(
                at, book, store, _emptied("pictures-sheets")
            ),
        ),
    ),
}


def _emptied(name: str) -> Path:
    """Return an empty folder beside the pictures."""
    folder = OUT.parent / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def _first_day(gallery: Gallery, home: Path) -> None:
    """Draw a team that was founded a minute ago: nothing is there yet, and every page says so."""
    folder, clock = home / "vaults" / "lowe", StoppedClock()
    store = Store.create(folder, unlock.create_vault(folder, "one two three four five"))
    roles = frozenset({Role.COORDINATOR})
    lowe = NewPerson("Insp. M. Lowe", "", roles, audience.by_default(roles))
    found_team(store, "Saltings", lowe, laptop="Laptop 1", now_ms=clock.now_ms(), random=os.urandom)
    about = About("Insp. M. Lowe", Role.COORDINATOR.value, "Laptop 1", team="Saltings")
    book = opened(store, home, VaultPlace(folder, about))
    pages = ("today", "colleagues", "clients", "clinic", "sharing", "import", "team", "settings")
    gallery.walk(book, [(name, Place(name)) for name in pages], LOOKS, "empty")
    nothing_yet.draw_nothing_yet(gallery, book)
    book.close_down()


def _places(store: Store, role: str) -> Iterator[tuple[str, Place]]:
    """Yield the places worth a picture, the interesting clients first."""
    for page in (
        *("today", "colleagues", "clients", "clinic", "boards", "sharing", "team", "settings"),
    ):
        yield page, Place(page)
    if role == Role.COORDINATOR.value:
        yield "import", Place("import")
        yield "retention", Place("retention")
        yield "scrutiny", Place("scrutiny")
    alerts = reads.records(store, form="alert", limit=1)
    stays = reads.records(store, form="setting", limit=30)
    inside = [one for one in stays if str(one.answers.get("place_prison", ""))]
    for name, found in (("", alerts), ("_inside", inside)):
        if found:
            client = found[0].client
            yield f"client{name}", Place("client", client)
            yield f"visit{name}", Place("visit", client)
    yield from _plans(store, role)
    conflicts = reads.conflicts(store)
    if conflicts:
        one = conflicts[0]
        yield "record_two_answers", Place("record", one.client, one.id, one.form)
    if alerts:
        client = alerts[0].client
        for form in ("need", "setting", "note", "appointment"):
            yield f"record_{form}", Place("record", client, form=form)
        accounts = reads.records(store, form="account", client=client, limit=1)
        for one in accounts:
            yield "record_account", Place("record", client, one.id, one.form)


def _plans(store: Store, role: str) -> Iterator[tuple[str, Place]]:
    """Yield a plan, what its owner sees of it, and the form on the last four weeks."""
    goals = reads.records(store, form="goal", limit=1)
    for client in [one.client for one in goals]:
        yield "plan", Place("plan", client)
        yield "plan_shown", Place("plan_shown", client)
        if role == Role.NURSE.value:
            yield "outcome", Place("outcome", client)
    for one in reads.records(store, form="outcome_form"):
        if one.text("corrects"):
            yield "plan_corrected", Place("plan", one.client)
            yield "record_corrected", Place("record", one.client, one.id, one.form)
            yield "outcome_corrected", Place("outcome", one.client, one.id)
    for one in reads.records(store, form="release_plan", limit=1):
        yield "client_two_plans", Place("client", one.client)


if __name__ == "__main__":
    raise SystemExit(main())

# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Every way in the window to a casebook's keys and copies, walked, and found in the audit.

The ways are those of the registries: one that is added and not walked here fails. Those of the
command line are in tests/journeys/test_custody.py.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from storage import audit, older
from storage.audit import Wanted
from tests.logged import logged
from tests.sync.laptops import Four
from tests.ui.crew import Crew, words_on
from tests.ui.desk import TOLD as WORDS
from tests.ui.key_desk import TOLD, Desk
from tests.ui.life import Life
from tests.ui.office import OfficeClock
from ui.pages import keys_ways, rescue_ways
from ui.pages.first_run_steps import Words
from ui.pages.keys_steps import OtherWords, Present
from ui.pages.older import OlderPage
from ui.pages.paper_steps import Drill
from ui.pages.rescue_steps import Passphrase


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, clock: OfficeClock, look: None) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path, clock)
    yield made
    made.settle()
    made.session.close()


# --- Passphrase and keys


def change(desk: Desk) -> None:
    step = desk.step
    assert isinstance(step, OtherWords)
    for field, typed in ((step.old, TOLD), (step.new, step.offered), (step.again, step.offered)):
        field.setText(typed)
    desk.go_on()


def drill(desk: Desk) -> None:
    step = desk.step
    assert isinstance(step, Drill)
    step.words.setText(desk.paper)
    desk.go_on()


def write_down(desk: Desk) -> None:
    desk.put_on_paper()


def rekey(desk: Desk) -> None:
    step = desk.step
    assert isinstance(step, Present)
    step.typed.setText(TOLD)
    desk.go_on()


KEYS: dict[str, tuple[Callable[[Desk], None], str]] = {
    "change": (change, "passphrase"),
    "drill": (drill, "words_tried"),
    "replace": (write_down, "team_words_made"),
    "own": (write_down, "words_made"),
    "rekey": (rekey, "rekeyed"),
}


def test_every_way_of_keys_and_of_rescue_is_walked_here() -> None:
    assert set(KEYS) == set(keys_ways.BEGIN)
    assert set(rescue_ways.BEGIN) == {"recover", "restore", "repair"}


@pytest.mark.parametrize("code", sorted(KEYS))
def test_what_is_done_to_the_keys_is_written(desk: Desk, code: str) -> None:
    walk, how = KEYS[code]
    before = len(logged(desk.session._store, "upkeep"))
    desk.press(code)
    walk(desk)
    after = logged(desk.session._store, "upkeep")[before:]
    assert [one.answers["how"] for one in after] == [how]
    assert not {"clients", "records"} & set(after[0].answers)


def test_what_is_not_gone_through_with_is_not_written(desk: Desk) -> None:
    before = len(logged(desk.session._store))
    for code in KEYS:
        desk.press(code)
        desk.page.back()
    assert len(logged(desk.session._store)) == before


# --- a casebook that will not open, and its backups


def hows(life: Life, passphrase: str = WORDS) -> list[str]:
    store = life.opened(passphrase)
    found = [str(one.answers["how"]) for one in logged(store, "upkeep")]
    store.close()
    return found


def signed_in(life: Life, passphrase: str = WORDS) -> list[str]:
    life.enter(passphrase)
    life.desk.tandem.lock()
    return hows(life, passphrase)


def test_wrong_words_at_the_door_are_written_once_the_right_person_opens(life: Life) -> None:
    life.desk.tandem.start()
    for words in ("not these words", "nor are these"):
        life.try_words(words)
    assert signed_in(life)[-1:] == ["wrong_words"]


def test_wrong_words_before_a_repair_are_wrong_words_too(life: Life) -> None:
    step = life.desk.tandem._rescue(life.place, "repair").step
    assert isinstance(step, Passphrase)
    step.typed.setText("not these words")
    step.act.click()
    life.settle()
    assert "do not open this casebook" in step.wrong.text()
    step.typed.setText(WORDS)
    step.act.click()
    life.settle()
    assert "Try again in" in step.wrong.text()
    life.desk.tandem.start()
    assert signed_in(life)[-1:] == ["wrong_words"]


def test_the_recovery_words_are_written(life: Life) -> None:
    life.desk.tandem._rescue(life.place, "recover")
    life.type_paper()
    assert isinstance(life.rescue.step, Words)
    new = life.write_down()
    life.ended()
    assert signed_in(life, new)[-1:] == ["recovered"]


def test_a_backup_put_back_is_written(life: Life) -> None:
    life.back_up()
    life.desk.tandem._rescue(life.place, "restore").look_into(life.stick)
    life.rescue.step.act.click()
    life.type_paper()
    new = life.write_down()
    life.ended()
    assert hows(life, new)[-2:] == ["backup", "restored"]


def test_a_repair_is_written_with_what_was_lost(life: Life) -> None:
    life.work("Croft")
    life.damage("bundle_raw")
    step = life.desk.tandem._rescue(life.place, "repair").step
    assert isinstance(step, Passphrase)
    step.typed.setText(WORDS)
    step.act.click()
    life.settle()
    assert "Not saved" in life.ended()
    store = life.opened()
    entry = logged(store, "upkeep")[-1]
    assert entry.answers["how"] == "repaired"
    assert entry.answers["count"]
    store.close()


def test_a_backup_asked_for_in_the_window_is_written_before_it_is_taken(life: Life) -> None:
    book = life.enter(WORDS)
    life.stick.mkdir(exist_ok=True)
    upkeep = book.upkeep
    upkeep.use_folder(life.stick)
    life.qtbot.waitUntil(lambda: bool(upkeep.state.lying.backups), timeout=60_000)
    life.qtbot.waitUntil(lambda: not upkeep.chore.what and not book.session.busy)
    assert not upkeep.state.newer, "its own entry is not newer work, or it would never rest"
    life.desk.tandem.lock()
    assert hows(life).count("backup") == 1


def test_going_on_from_an_older_casebook_reaches_the_officer(
    four: Four, qtbot: QtBot, look: None
) -> None:
    crew = Crew(qtbot, four, four.ann)
    four.ann.save("note", {"note": "not sent yet"})
    older.notice(four.ann.store, known_ms=four.ann.now_ms)
    page = crew.show(lambda session, _d, *, exchanging: OlderPage(session, exchanging=exchanging))
    page.go_on.click()
    crew.settle()
    qtbot.waitUntil(lambda: "You can write again" in words_on(page))
    four.grant.exchange(four.share)
    (entry,) = audit.entries(four.grant.store, Wanted(forms=["upkeep"]))
    assert (entry.author, entry.text("how")) == (four.ann.seat.person, "went_on")
    crew.close()

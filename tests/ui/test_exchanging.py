# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""An exchange seen from the window: real vaults, a share that does what real ones do."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from storage import ledger
from storage.store import Store
from tests.hostile_share import HostileShare
from tests.sync.laptops import Four
from tests.ui.crew import Crew
from ui.exchanging import LAST_SHARED, REACHED, Stage


class SlowShare(HostileShare):
    """A share that answers only when a test lets it."""

    def __init__(self, like: HostileShare) -> None:
        super().__init__()
        self.files = like.files
        self.answers = threading.Event()
        self.asked = threading.Event()

    def names(self, folder: str) -> list[str]:
        self.asked.set()
        self.answers.wait(20)
        return super().names(folder)


def slow(crew: Crew) -> SlowShare:
    assert isinstance(crew.four.share, HostileShare)
    crew.share = made = SlowShare(crew.four.share)
    return made


def hostile(crew: Crew) -> HostileShare:
    assert isinstance(crew.four.share, HostileShare)
    return crew.four.share


def test_what_ann_wrote_reaches_shah_through_two_exchanges(ann: Crew, shah: Crew) -> None:
    lee = ann.laptop.save("client", {"surname": "Croft", "forename": "Leanne"})
    ann.exchange()
    came = shah.exchange()
    assert sum(came.items.values()) == 1
    assert shah.laptop.answers(lee)["surname"] == "Croft"


def test_pages_are_told_which_records_came(ann: Crew, shah: Crew, qtbot: QtBot) -> None:
    lee = ann.laptop.save("client", {"surname": "Croft"})
    ann.exchange()
    with qtbot.waitSignal(shah.session.changed, check_params_cb=lambda touched: lee in touched):
        shah.exchanging.start()
    shah.settle()


def test_a_look_seals_nothing_sends_nothing_and_takes_nothing_in(
    ann: Crew, grant: Crew, qtbot: QtBot
) -> None:
    ann.laptop.save("client", {"surname": "Croft"})
    ann.exchange()
    grant.laptop.save("client", {"surname": "Still", "forename": "Here"})
    files = dict(hostile(grant).files)
    before = grant.laptop.store.rows("SELECT count(*) FROM bundle")
    with qtbot.waitSignal(grant.exchanging.previewed) as caught:
        grant.exchanging.start(rehearse=True)
    assert sum(sum(one.arrived.items.values()) for one in caught.args[0]) == 1
    assert hostile(grant).files == files
    assert grant.laptop.store.rows("SELECT count(*) FROM bundle") == before
    assert ledger.pending_count(grant.laptop.store) == 1
    assert not ledger.outbox(grant.laptop.store)
    assert grant.exchanging.rehearsed
    assert not grant.exchanging.running


def test_applying_a_look_takes_in_what_it_found(ann: Crew, grant: Crew, qtbot: QtBot) -> None:
    lee = ann.laptop.save("client", {"surname": "Croft"})
    ann.exchange()
    with qtbot.waitSignal(grant.exchanging.previewed):
        grant.exchanging.start(rehearse=True)
    assert not grant.laptop.answers(lee)
    grant.exchanging.apply()
    grant.settle()
    assert grant.laptop.answers(lee)["surname"] == "Croft"
    assert not grant.exchanging.rehearsed


def test_a_look_that_is_forgotten_leaves_everything_where_it_was(
    ann: Crew, grant: Crew, qtbot: QtBot
) -> None:
    lee = ann.laptop.save("client", {"surname": "Croft"})
    ann.exchange()
    with qtbot.waitSignal(grant.exchanging.previewed):
        grant.exchanging.start(rehearse=True)
    grant.exchanging.forget()
    grant.exchanging.apply()
    grant.settle()
    assert not grant.laptop.answers(lee)
    assert not grant.outcomes


def test_a_folder_that_is_away_is_told_calmly_and_nothing_is_lost(ann: Crew, shah: Crew) -> None:
    lee = ann.laptop.save("client", {"surname": "Croft"})
    hostile(ann).away = True
    ann.exchanging.start()
    ann.settle()
    assert len(ann.troubles) == 1
    assert "cannot be reached" in str(ann.troubles[0])
    assert ledger.pending_count(ann.laptop.store) == 1
    hostile(ann).away = False
    ann.exchange()
    shah.exchange()
    assert shah.laptop.answers(lee)["surname"] == "Croft"


def test_a_folder_that_takes_nothing_is_still_read_and_the_rest_waits(
    ann: Crew, shah: Crew
) -> None:
    lee = ann.laptop.save("client", {"surname": "Croft"})
    ann.exchange()
    shah.laptop.save("client", {"surname": "Marsh"})
    hostile(shah).read_only = True
    outcome = shah.exchange()
    assert outcome.unsent
    assert shah.laptop.answers(lee)
    assert ledger.outbox(shah.laptop.store)
    hostile(shah).read_only = False
    assert not shah.exchange().unsent
    assert not ledger.outbox(shah.laptop.store)


def test_no_folder_chosen_is_said_at_once(qtbot: QtBot, four: Four, look: None) -> None:
    crew = Crew(qtbot, four, four.ann, share="")
    crew.exchanging.start()
    assert "No team folder" in str(crew.troubles[0])
    assert not crew.exchanging.running
    assert not crew.opened
    crew.close()


def test_a_save_does_not_wait_for_a_slow_folder(ann: Crew, qtbot: QtBot) -> None:
    share = slow(ann)
    ann.exchanging.start()
    qtbot.waitUntil(share.asked.is_set)
    saved: list[object] = []
    lee = ann.session.new_record()
    ann.session.save(
        [ann.session.edit("client", {"surname": "Croft"}, client=lee, record=lee)], saved.append
    )
    qtbot.waitUntil(lambda: bool(saved))
    assert ann.exchanging.running
    share.answers.set()
    ann.settle()
    assert ann.laptop.answers(lee)["surname"] == "Croft"


def test_a_lock_does_not_wait_for_a_folder_that_hangs(qtbot: QtBot, four: Four, look: None) -> None:
    crew = Crew(qtbot, four, four.ann)
    share = slow(crew)
    crew.exchanging.start()
    qtbot.waitUntil(share.asked.is_set)
    crew.exchanging.close_down()
    assert not share.answers.is_set()
    share.answers.set()
    crew.session._worker.close()


def test_stopping_keeps_what_came_and_the_rest_comes_next_time(
    ann: Crew, shah: Crew, qtbot: QtBot
) -> None:
    ann.laptop.save("client", {"surname": "Croft"})
    ann.exchange()
    share = slow(shah)
    shah.exchanging.start()
    qtbot.waitUntil(share.asked.is_set)
    shah.exchanging.stop()
    share.answers.set()
    shah.settle()
    assert shah.outcomes[-1].stopped or not shah.outcomes[-1].items
    assert sum(shah.exchange().items.values()) == 1


def test_stopping_when_nothing_runs_does_nothing(ann: Crew) -> None:
    heard: list[Stage] = []
    ann.exchanging.stage.connect(heard.append)
    ann.exchanging.stop()
    assert not heard


def test_only_one_exchange_runs_at_a_time(ann: Crew, qtbot: QtBot) -> None:
    share = slow(ann)
    ann.exchanging.start()
    qtbot.waitUntil(share.asked.is_set)
    ann.exchanging.start()
    ann.exchanging.start(rehearse=True)
    share.answers.set()
    ann.settle()
    assert len(ann.opened) == 1 == len(ann.outcomes)


def test_each_stage_is_told_in_words(ann: Crew, shah: Crew, qtbot: QtBot) -> None:
    ann.laptop.save("client", {"surname": "Croft"})
    ann.exchange()
    heard: list[Stage] = []
    shah.exchanging.stage.connect(heard.append)
    shah.exchange()
    qtbot.waitUntil(lambda: any("Taking in" in one.words for one in heard))
    assert [one.words for one in heard if "Fetching 1" in one.words]
    assert all(one.done <= one.all for one in heard)


def test_when_the_team_folder_was_reached_is_kept_and_a_stick_is_not_the_folder(
    ann: Crew,
) -> None:
    ann.exchanging.start(folder="stick")
    ann.settle()
    assert ann.laptop.store.get(LAST_SHARED)
    assert ann.laptop.store.get(REACHED) is None
    ann.exchange()
    assert ann.laptop.store.get(REACHED) == ann.session.now().isoformat(timespec="minutes")
    assert ann.opened == ["stick", "here"]


def test_a_vault_that_fails_half_way_is_told_and_the_next_exchange_begins_anew(
    ann: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann.laptop.save("client", {"surname": "Croft"})

    def full(_store: Store) -> list[tuple[str, bytes]]:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "outbox", full)
        ann.exchanging.start()
        ann.settle()
    assert "What was saved is safe" in str(ann.troubles[0])
    assert not ann.exchanging.running
    ann.exchange()
    assert not ledger.pending_count(ann.laptop.store)


def test_a_page_whose_question_fails_does_not_end_an_exchange(ann: Crew) -> None:
    def fails(_store: Store) -> None:
        raise OSError

    client = ann.laptop.save("client", {"surname": "Croft"})
    ann.session.work(fails)
    ann.exchanging.start()
    ann.settle()
    assert not ann.troubles
    assert ann.outcomes
    assert ann.laptop.answers(client)


def test_an_answer_of_an_exchange_that_has_ended_is_dropped(ann: Crew, qtbot: QtBot) -> None:
    share = slow(ann)
    ann.exchanging.start(rehearse=True)
    qtbot.waitUntil(share.asked.is_set)
    run = ann.exchanging._run
    assert run is not None
    run.over = True
    share.answers.set()
    qtbot.waitUntil(lambda: not ann.exchanging.carrier.busy and not ann.session.busy)
    assert not ann.exchanging.rehearsed
    ann.exchanging._finish()

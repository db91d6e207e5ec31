# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Nothing of the casework reaches a screen or a file before it is written down that it does."""

import re
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

import ui
from desktop_app.casework.records import Change
from tests.logged import logged
from tests.ui.crew import Crew
from tests.ui.office import OSEI
from tests.ui.watched import (
    HEALTH,
    NAME,
    POLICE,
    SHOWN_BY,
    Case,
    Watched,
    fill_disk,
    free_disk,
    words_shown,
)
from ui.cli import COMMANDS
from ui.pages.client_taking_out import SET, TakingOutPanel
from ui.pages.retention import RetentionPage
from ui.places import Place

SHOWS_NOTHING = {
    *("team", "criteria", "agreements", "settings", "keys", "keepers", "lost", "older", "laptop"),
}
"""Pages that show nothing of the casework; a new page is put here or below, or fails."""
WALKED_ALONE = {
    *("retention", "audit", "joining", "import", "sheets", "ndtms", "plan_shown"),
    *("forum", "scrutiny", "visit_pack", "same_worker"),
}
"""Pages that need a whole team, or two clients: each has a test of its own, the audit in
test_audit_page, two files of one person in test_joining_files, the rehearsal in test_importing, a
spreadsheet in test_sheets, a return in test_ndtms, the plan as its owner sees it, which says no
surname, in test_plan, the forum in test_forum_page, postures for scrutiny, which say none either,
in test_scrutiny, the visits of the day and who kept one key worker in test_continuity."""
COMMANDS_THAT_SHOW = {"show"}
COMMANDS_THAT_DO_NOT = {
    *("demo", "import", "exchange", "check", "recovery-key", "recover", "backup", "restore"),
    *("repair", "self-test", "first-paint", "go-on", "rekey", "verify"),
}
WORKS = re.compile(r"(?:session|page)\.work\(|\.in_store\(")
"""Every way to the vault that writes nothing into the audit by itself."""
MAY_WORK = {
    "checking.py",  # what is damaged, in counts
    "pages/keys_ways.py",  # passphrase, recovery words and keys
    "pages/rescue_ways.py",  # a casebook that does not open: words, a backup, a repair
    "pages/older.py",  # goes on from an older casebook
    "pages/keepers_ways.py",  # whose papers decide who coordinates
    "pages/lost.py",  # takes a laptop out; counts what it held
    "pages/lost_note.py",  # keeps what was typed
    "pages/export_panel.py",  # writes the file it logged
    "pages/stepping.py",  # new keys and papers; shows nobody
    "pages/attaching.py",  # keeps what was chosen
    "pages/retention_panel.py",  # writes a decision
    "pages/team.py",  # invites, lets in and takes out
    "pages/team_change.py",  # what somebody does in the team
    "pages/team_news.py",  # remembers that it was read
    "pages/joining_look.py",  # compares names unseen; whom it found is asked and written down
    "pages/joining_panel.py",  # joins, tells apart and parts
    "pages/importing_back.py",  # takes back what it said it would
    "pages/importing_crossed.py",  # brings back what it named, or lets it be
    "pages/importing_open.py",  # gives up a bundle, keeps two
    "pages/boards_follow.py",  # works out who may stand on which board
    "pages/today_doing.py",  # remembers that a note was read
    "pages/twice.py",  # remembers that what was settled was read
    "pages/colleagues.py",  # remembers that everything was read
    "pages/nudge.py",  # remembers that somebody said not today
    "exchange_run.py",  # sends and takes in; what it names is counted by kind
    "pages/sheets.py",  # keeps columns and words
    "pages/sheets_choose.py",  # lets go of lines that wait
    "pages/sheets_done.py",  # writes the file it logged
    "sheets/job.py",  # gathers and saves; whom it found is asked past the audit
    "sheets/waiting_again.py",  # as above, and shows nobody
    "stick_run.py",  # sealed files, as they are, onto a stick
    "chore.py",  # backups and checks: dates, counts and what is damaged
    "upkeep.py",  # as above
}
MAY_SHOW_NOTHING = {
    "arriving_bar.py",  # how much of what the team wrote is here
    "looking.py",  # that a client was looked at
    "pages/colleagues_button.py",  # of how many clients there is something new
    "drafting.py",  # what its own author typed
    "pages/boards_figures.py",  # days of the way into treatment, of nobody by name
    "pages/boards.py",  # how many rows the other boards have
    "pages/missing_head.py",  # how many answers of the lists are there
    "pages/audit.py",  # the id of whose file to open
    "open_casebook.py",  # how much waits to be shared
    "pages/importing.py",  # how many changes wait; whom a look names is asked with `sight_of`
    "pages/importing_aside.py",  # which files are aside, and why; nothing in them is opened
    "pages/importing_crossed.py",  # how many were withdrawn while somebody wrote on them
    "pages/importing_open.py",  # which bundles wait for which
    "pages/team_change.py",  # how many clients somebody has
    "pages/team_news.py",  # which laptops are out; that there are no papers yet
    "pages/keepers.py",  # whose papers decide who coordinates
    "pages/keys.py",  # whether there are recovery words, and when they were tried
    "pages/keys_reminder.py",  # as above
    "pages/lost.py",  # how much a laptop held, by audience
    "pages/older.py",  # of which kind, and of when, one's own records are that came back
    "older_bar.py",  # that the casebook is older than it should be
    "team_limits.py",  # the clocks the team agreed
    "pages/sheets_choose.py",  # how many lines wait
    "pages/team.py",
    "pages/team_packs.py",  # which questions are asked
    "pages/team_promise.py",  # the days the team promises
    "pages/team_forum_day.py",  # what the coordinator decided
    "pages/team_rule.py",  # what the coordinator decided
    "pages/whom_to_ring.py",  # which number a card names
    "pages/criteria.py",  # what people are chosen by
    "pages/agreements.py",  # what organisations agreed to; it is about nobody
    "pages/agreements_doing.py",  # as above
    "pages/choosing_read.py",  # how much room there is
    "pages/protection.py",  # what protects this laptop
    "upkeep.py",  # when the last backup and check were
}


def consulted(entries: list[Change]) -> list[str]:
    return [str(one.answers["how"]) for one in entries if one.form == "consultation"]


# --- every way to the screen


def test_every_page_of_the_window_is_walked_below(watched: Watched) -> None:
    assert set(watched.window.names) == SHOWS_NOTHING | WALKED_ALONE | set(SHOWN_BY)


@pytest.mark.parametrize("name", sorted(SHOWN_BY))
def test_that_somebody_is_shown_is_written_down_first(
    case: Case, watched: Watched, name: str
) -> None:
    written = watched.until_shown(NAME, case.place(name))
    about = [one for one in written if case.client.hex() in str(one.answers["clients"])]
    assert about, "it stood on the screen before it stood in the audit"
    assert all(one.answers["reason"] for one in about)


@pytest.mark.parametrize("name", sorted(SHOWN_BY))
def test_what_cannot_be_written_down_is_shown_only_if_all_partners_may_see_it(
    case: Case, watched: Watched, name: str, trouble: list[str]
) -> None:
    fill_disk(case.store)
    watched.session.give_reason(case.client, "custody")
    watched.open(case.place(name))
    watched.qtbot.waitUntil(lambda: NAME in watched.words())
    words = watched.words()
    assert POLICE not in words
    assert HEALTH not in words
    assert "cannot write down who looks at what" in watched.window.banner.text()
    assert watched.entries() == []
    free_disk(case.store)
    watched.session.changed.emit(frozenset({case.client, case.note}))
    watched.settle()
    assert case.client.hex() in str([one.answers for one in watched.entries()])


def test_what_is_to_be_kept_or_erased_is_written_down_first(grant: Crew) -> None:
    lee = grant.laptop.save("client", {"surname": "Quillfeather", "forename": "Zebedee"})
    page = RetentionPage(grant.session, grant.dialogs)
    grant.qtbot.addWidget(page)
    page.resize(1178, 692)
    page.show()
    grant.settle()
    assert NAME not in words_shown(page)
    page.show_place(Place("retention", client=lee))
    grant.qtbot.waitUntil(lambda: NAME in words_shown(page))
    (entry,) = (one for one in logged(grant.laptop.store) if one.answers.get("how") == "retention")
    assert entry.answers["clients"] == [lee.hex()]
    grant.settle()


@pytest.mark.parametrize("name", sorted(SHOWS_NOTHING))
def test_a_page_said_to_show_nobody_shows_nobody(watched: Watched, name: str) -> None:
    watched.open(Place(name))
    assert NAME not in watched.words()
    assert POLICE not in watched.words()
    assert consulted(watched.entries()) == []


@pytest.mark.parametrize("record", ["police", "health"])
def test_a_record_kept_to_some_is_refused_while_it_cannot_be_written_down(
    case: Case, watched: Watched, record: str, trouble: list[str]
) -> None:
    watched.session.give_reason(case.client, "custody")
    fill_disk(case.store)
    kept = case.police if record == "police" else case.health
    watched.open(Place("record", client=case.client, record=kept))
    words = watched.words()
    assert POLICE not in words
    assert HEALTH not in words
    assert "is not shown until there is room" in watched.window.banner.text()
    free_disk(case.store)


def test_what_a_search_finds_is_written_down_first_with_its_words(
    case: Case, watched: Watched
) -> None:
    watched.open(Place("settings"))
    watched.window.search.setFocus()
    QTest.keyClicks(watched.window.search, "quill")
    written = watched.until(NAME)
    (entry,) = (one for one in written if one.answers["how"] == "search")
    assert entry.answers["words"] == "quill"
    assert entry.answers["clients"] == [case.client.hex()]


def test_a_look_for_the_same_person_is_written_down_first(case: Case, watched: Watched) -> None:
    watched.open(Place("clients", form="client"))
    panel = watched.window.page("clients").panel  # type: ignore[attr-defined]
    for name, words in (("surname", "Quillfeather"), ("forename", "Zebedee")):
        panel.view.editor(name).show_value(words)
        panel.view._edited(name)
    watched.qtbot.waitUntil(lambda: "alike" in consulted(watched.entries()), timeout=4_000)
    watched.settle()


def test_more_of_a_timeline_is_written_down_as_well(case: Case, watched: Watched) -> None:
    watched.open(case.place("client"))
    watched.window.page("client").timeline.show_only("visits")  # type: ignore[attr-defined]
    watched.settle()
    assert consulted(watched.entries())[-1] == "timeline"


# --- what goes on paper or into a file


@pytest.mark.parametrize("ending", sorted(SET))
def test_nothing_is_written_to_a_file_before_the_audit_knows_of_it(
    case: Case, watched: Watched, ending: str, tmp_path: Path
) -> None:
    place = tmp_path / f"chosen.{ending}"
    panel = TakingOutPanel(watched.session, watched.dialogs, case.client)
    watched.qtbot.addWidget(panel)
    watched.dialogs.answers["save_file"] = place
    panel.format._pressed(ending)
    watched.settle()
    for name, words in (("recipient", "A court"), ("reason", "A hearing")):
        panel.view.editor(name).show_value(words)
        panel.view._edited(name)
    panel.save()
    watched.settle()
    (entry,) = watched.entries("export")
    assert place.exists()
    assert entry.answers["clients"] == [case.client.hex()]
    assert entry.answers["format"] == ending
    (together,) = watched.entries("combination")
    assert (together.answers["how"], together.answers["clients"]) == ("report", [case.client.hex()])
    assert together.answers["rule"] == "All partners, Health only and Police only"


def test_nothing_is_written_to_a_file_where_the_audit_cannot_know_of_it(
    case: Case, watched: Watched, tmp_path: Path, trouble: list[str]
) -> None:
    place = tmp_path / "chosen.pdf"
    panel = TakingOutPanel(watched.session, watched.dialogs, case.client)
    watched.qtbot.addWidget(panel)
    watched.dialogs.answers["save_file"] = place
    watched.settle()
    for name, words in (("recipient", "A court"), ("reason", "A hearing")):
        panel.view.editor(name).show_value(words)
        panel.view._edited(name)
    fill_disk(case.store)
    panel.save()
    watched.settle()
    assert trouble
    assert not place.exists()
    free_disk(case.store)


def test_answers_kept_to_the_police_are_shown_once_a_reason_is_given(
    case: Case, watched: Watched
) -> None:
    case.office.colleague(
        *(OSEI, "note", {"headline": f"{POLICE} twice"}),
        client=case.client,
        record=case.police,
        saw=False,
        to="police",
    )
    watched.open(Place("twice", record=case.police))
    watched.until("This is not shown now")
    assert POLICE not in watched.words()
    watched.session.give_reason(case.client, "custody")
    watched.until(f"{POLICE} twice")
    looked = [
        one
        for one in watched.entries("consultation")
        if one.answers["how"] == "record" and one.answers["reason"] == "custody"
    ]
    assert any(case.police.hex() in str(one.answers["records"]) for one in looked)


def test_every_command_is_known_to_show_records_or_not() -> None:
    assert set(COMMANDS) == COMMANDS_THAT_SHOW | COMMANDS_THAT_DO_NOT


def sources() -> dict[str, str]:
    root = Path(ui.__file__).parent
    return {
        str(one.relative_to(root)): one.read_text(encoding="utf-8") for one in root.rglob("*.py")
    }


def test_only_what_shows_nothing_asks_the_vault_past_the_audit() -> None:
    found = {name for name, text in sources().items() if WORKS.search(text)}
    assert found == MAY_WORK
    silent = {name for name, text in sources().items() if "shows=nothing" in text}
    assert silent == MAY_SHOW_NOTHING

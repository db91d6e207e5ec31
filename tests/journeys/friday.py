# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Friday of the bad week: the officer's laptop is lost, and somebody has written on it since."""

from pypdf import PdfReader

from tests.journeys.hands import K, Keys
from tests.journeys.week import Week

LATE, AFTER = "Seen by the wharf.", "Moved on to the next street."
SHAHS = "PC R. Shah on Shah's laptop"


def friday(week: Week) -> None:
    """The officer's laptop is lost, and somebody writes on it."""
    week.tomorrow()
    _take_out(week)
    _note(week)
    _what_came_after(week)
    _decide(week)
    _next_exchange(week)


def _take_out(week: Week) -> None:
    """From Team to the page that has all of it: what it held, whom to tell; and it is out."""
    lowe = week.lowe
    lowe.shared()
    lowe.go("Team")
    lowe.sees("Who is in the team")
    lowe.keep("friday_team")
    lowe.tab_to("Shah's laptop of PC R. Shah: lost, or handed back")
    lowe.press(K.Key_Return)
    lowe.sees("Take Shah's laptop out of the team?", "This is not undone.")
    lowe.keep("friday_asked")
    lowe.alt("G")
    lowe.sees("A lost laptop", "1. Take it out of the team", SHAHS)
    lowe.sees("2. What it held", "All partners: about", "Police only: cannot be read here")
    lowe.sees("4. Whom to tell", "The data protection officer of each agency, today.")
    lowe.keep("friday_page")
    lowe.alt("O")
    lowe.sees("It is out of the team. Share now: the others get new keys.")
    lowe.keep("friday_out")


def _note(week: Week) -> None:
    """The breach note is drafted from what is known, and saved with whom it is for, and why."""
    lowe, place = week.lowe, week.place / "breach-note.pdf"
    lowe.tab_to("The breach note")
    lowe.keep("friday_note")
    lowe.dialogs.answers["save_file"] = place
    lowe.alt("S")
    lowe.sees("Save the breach note", "Nothing locks this file")
    lowe.tab_to("For whom")
    lowe.write("The data protection officers")
    lowe.tab_to("Why")
    lowe.write("72 hours")
    lowe.keep("friday_note_saving")
    lowe.press(K.Key_Return, Keys.ControlModifier)
    lowe.sees("The note is where you chose.")
    lowe.keep("friday_note_saved")
    written = " ".join(one.extract_text() for one in PdfReader(place).pages)
    assert "Shah's laptop" in written
    assert "not taken out of the team yet" not in written
    assert "Croft" not in written
    lowe.shared()


def _what_came_after(week: Week) -> None:
    """What the lost laptop wrote since does not count, and is kept for a person to decide on."""
    lowe, osei, shah = week.everybody
    shah.visit("Croft", LATE)
    shah.shared()
    lowe.shared("It was written on a laptop that had been taken out of the team.")
    lowe.keep("friday_late_sharing")
    lowe.go("Team")
    lowe.sees("Came after its laptop was taken out", SHAHS)
    lowe.sees(
        "It would bring: 1 account of a visit, 1 visit.", "Ask your colleague what they wrote"
    )
    lowe.keep("friday_late_team")
    osei.shared("It was written on a laptop that had been taken out of the team.")
    osei.keep("friday_osei")
    for who in (lowe, osei):
        assert LATE not in who.open_client("Croft")


def _decide(week: Week) -> None:
    """He rang: he wrote it before it was stolen. The coordinator says so, and it counts."""
    lowe, osei = week.lowe, week.osei
    lowe.go("Team")
    lowe.alt("Y")
    lowe.write("He rang: he wrote it at the wharf, an hour before it was stolen.")
    lowe.alt("T")
    lowe.sees("comes in")
    lowe.keep("friday_decided")
    for who in (lowe, osei):
        who.shared("1 account of a visit, 1 visit.")
        assert LATE in who.open_client("Croft")


def _next_exchange(week: Week) -> None:
    """The others go on; the lost laptop reads nothing more."""
    lowe, osei, shah = week.everybody
    osei.visit("Croft", AFTER)
    osei.shared()
    lowe.shared()
    assert AFTER in lowe.open_client("Croft")
    shah.shared()
    shah.sees("This laptop seems to be out of the team")
    shah.keep("friday_lost")
    assert AFTER not in shah.open_client("Croft")

# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The breach note: what is known is filled in, what is not stands in brackets or is said to be."""

import re
from dataclasses import replace
from io import BytesIO

from pypdf import PdfReader

from desktop_app.casework.breach import LostFacts, draft, follow, whom_to_tell
from desktop_app.reports.breach_note import breach_sheet, breach_text
from desktop_app.reports.pdf import pdf

FACTS = LostFacts(
    team="Saltings",
    laptop="Laptop 2",
    who="K. Osei (Key worker, Saltings Outreach)",
    day="Mon 23 Nov 2026",
    heard="Fri 20 Nov, 18:05",
    held=[("All partners", "about 24 clients: 310 visits, 120 case notes."), ("Health only", "")],
    clients=24,
    police=False,
    missing=2,
    out=True,
    stale=["Health only"],
    leads=["Health only: A. Bello on Laptop 4"],
)


def test_what_is_known_is_filled_in() -> None:
    said = draft(FACTS)
    for words in (
        "Laptop 2, a laptop of the team Saltings used by K. Osei (Key worker, Saltings Outreach)",
        "sealed on Fri 20 Nov, 18:05",
        "- All partners: about 24 clients: 310 visits, 120 case notes.",
        "- Health only: [its lead says how much]",
        "it is about 24 people.",
        "2 bundles it sent have reached others",
        "It was taken out of the team",
        "These keys are still to be made anew: Health only.",
        "- Lead: Health only: A. Bello on Laptop 4 [told when]",
        "within 72 hours",
        "UK GDPR art. 33",
    ):
        assert words in said
    assert "s.67" not in said


def test_what_only_a_person_can_say_stands_in_brackets() -> None:
    asked = re.findall(r"\[[^\]]+\]", draft(FACTS))
    assert "[day and time]" in " ".join(asked)
    assert any("Where, when and how" in one for one in asked)
    assert any("likely" in one for one in asked)
    assert any("data protection officer" in one for one in asked)
    assert len(asked) >= 9


def test_what_nobody_can_know_is_said_to_be_unknown() -> None:
    said = draft(FACTS)
    assert "Not known: whether it was open when it was lost" in said
    assert "how strong the passphrase is" in said
    assert "What it received or wrote since then is not known" in said


def test_nothing_is_said_that_is_not_known() -> None:
    bare = replace(FACTS, heard="", held=[], clients=0, missing=0, out=False, stale=[], leads=[])
    said = draft(bare)
    assert "Nothing it shared has arrived." in said
    assert "About how many people: [number]." in said
    assert "It is not taken out of the team yet" in said
    assert "bundle" not in said
    assert "Lead:" not in said
    assert "keys" not in said


def test_records_of_the_police_come_with_their_own_law() -> None:
    assert "s.67" in draft(replace(FACTS, police=True))
    assert len(whom_to_tell(police=True)) == len(whom_to_tell(police=False)) + 1


def test_paper_and_text_say_the_same() -> None:
    said, made = draft(FACTS), "Taken out by M. Lowe"
    paper = pdf(breach_sheet(said, team="Saltings", made=made))
    pages = " ".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)
    plain = breach_text(said, made=made).decode()
    read = " ".join(pages.split())
    for line in (one.strip() for one in said.splitlines() if one.strip()):
        assert " ".join(line.split()) in read, line
        assert line in plain
    assert made in read
    assert made in plain


def test_a_note_somebody_rewrote_is_set_as_it_is() -> None:
    sheet = breach_sheet("One line\n\n\n\nHead\nbody\nmore", team="T", made="M")
    assert [(one.title, [entry.text for entry in one.entries]) for one in sheet.sections] == [
        ("One line", []),
        ("Head", ["body\nmore"]),
    ]
    assert breach_sheet("", team="T", made="M").sections == ()


def test_what_becomes_known_later_is_followed_where_nobody_has_altered_the_line() -> None:
    before, now = draft(replace(FACTS, out=False)), draft(FACTS)
    assert "not taken out of the team yet" in before
    assert follow(before, before, now) == now
    typed = before.replace("[day and time]", "Tuesday, nine o'clock")
    followed = follow(typed, before, now)
    assert followed == now.replace("[day and time]", "Tuesday, nine o'clock")
    mine = before.replace("It is not taken out of the team yet", "I rang first")
    assert "I rang first" in follow(mine, before, now)
    assert follow("My own words", before, now) == "My own words"
    assert follow("My own words", "", now) == "My own words"


def test_a_line_more_is_followed_as_well() -> None:
    before, now = draft(replace(FACTS, missing=0)), draft(FACTS)
    assert follow(before, before, now) == now
    assert follow(now, now, before) == before


def test_of_a_made_up_team_the_paper_says_so() -> None:
    real = breach_sheet(draft(FACTS), team="Saltings", made="Made")
    made_up = breach_sheet(draft(FACTS), team="Saltings", made="Made", made_up=True)
    assert "nobody in it is real" not in real.marking
    assert made_up.marking == f"{real.marking}. Made-up team: nobody in it is real"

# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The card a client keeps: its languages, and what it never says."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from reportlab.pdfbase.pdfmetrics import getFont

from desktop_app.casework.cards import (
    ENGLISH,
    NOT_SET,
    CardWords,
    card_languages,
    card_words,
    english,
    language_for,
    safe,
)
from desktop_app.casework.codes import codes
from desktop_app.casework.coming import Coming
from desktop_app.casework.people import Team
from desktop_app.casework.records import Record
from desktop_app.reports.fonts import STRONG, embed_fonts
from desktop_app.reports.leave_card import Ring, leave_card
from desktop_app.reports.pdf import pdf
from desktop_app.reports.web_page import web_page

Make = Callable[..., Record]
AT = datetime.fromisoformat("2026-11-24T10:00")
MEETING = Coming(AT, "Appointment", "", "Staithe Road", "appointment", "A. Bello")
RING = Ring("01632 960044", "K. Osei", "Saltings Outreach")
US = ("A. Bello", "Staithe Road", "K. Osei", "Saltings Outreach")


def words(language: str) -> CardWords:
    found = card_words(language)
    assert found is not None
    return found


@pytest.mark.parametrize("language", card_languages())
def test_every_letter_of_a_language_is_in_our_font_and_days_are_its_own(
    language: str, team: Team, a_record: Make
) -> None:
    embed_fonts()
    known, one = getFont(STRONG).face.charToGlyph, words(language)
    year = [date(2026, 1, 1) + timedelta(days=day) for day in range(365)]
    said = {one.say_day(on) for on in year}
    assert len(said) == 365
    fixed = [str(getattr(one, name)) for name in one.__struct_fields__]
    assert [letter for letter in "".join((*fixed, *said)) if ord(letter) not in known] == []
    assert codes("language").find(language) is not None
    assert all(fixed) or (fixed[2] == "" and all((*fixed[:2], *fixed[3:])))
    made = leave_card(one, MEETING, RING, safe(a_record("client")), team)
    reader = PdfReader(BytesIO(pdf(made)))
    assert len(reader.pages) == 1
    assert one.emergency in reader.pages[0].extract_text().replace("\n", " ")
    assert f'<html lang="{language}">' in web_page(made).decode()


def test_days_are_written_as_each_language_writes_them() -> None:
    assert words("pl").say_at(AT) == "Wtorek, 24 listopada, godz. 10:00"
    assert words("lt").say_at(AT) == "Lapkričio 24 d., antradienis, 10:00 val."
    assert words("cy").say_at(AT) == "Dydd Mawrth 24 Tachwedd, 10:00"
    assert english().say_at(AT) == "Tuesday 24 November, 10:00"


def test_only_english_was_read_by_somebody_who_speaks_it_from_childhood() -> None:
    assert [one for one in card_languages() if words(one).checked_by] == [ENGLISH]


def test_a_language_that_cannot_be_set_falls_back_to_english_and_says_why(a_record: Make) -> None:
    assert not NOT_SET & set(card_languages())
    assert language_for(a_record("client", language="pl")) == ("pl", "")
    assert language_for(a_record("client")) == (ENGLISH, "")
    language, why = language_for(a_record("client", language="ur"))
    assert (language, "cannot set its letters" in why) == (ENGLISH, True)
    language, why = language_for(a_record("client", language="it"))
    assert (language, why) == (ENGLISH, "They like to speak Italian. There is no card in it yet.")


@pytest.mark.parametrize(
    ("rules", "named", "why"),
    [
        ({"may_write": "yes", "may_say_who_we_are": "yes"}, 4, "that a card is safe"),
        ({"may_write": "yes", "may_say_who_we_are": "no"}, 0, "nobody else may know who we are"),
        ({"may_write": "no", "may_say_who_we_are": "yes"}, 0, "no letter and no card"),
        ({"may_write": "yes"}, 0, "Nobody has asked"),
        ({}, 0, "Nobody has asked"),
    ],
)
def test_what_it_says_of_us_their_rules_decide(
    a_record: Make, team: Team, rules: dict[str, str], named: int, why: str
) -> None:
    client = a_record("client", surname="Quillfeather", forename="Leanne", **rules)
    said = web_page(leave_card(english(), MEETING, RING, safe(client), team)).decode()
    assert sum(one in said for one in US) == named
    assert why in safe(client).why
    assert "01632 960044" in said
    assert "Tuesday 24 November, 10:00" in said
    assert not [one for one in ("Quillfeather", "Leanne", "Taken out", "partners") if one in said]


def test_with_nothing_booked_it_says_so(a_record: Make, team: Team) -> None:
    said = web_page(leave_card(english(), None, Ring(), safe(a_record("client")), team)).decode()
    assert "No appointment is booked yet." in said
    assert "ring this number" not in said

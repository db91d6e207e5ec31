# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Reports: one sheet, three twins; what every page must say, and what no file may give away."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from desktop_app.casework.people import Person, Role, Team
from desktop_app.casework.records import Answers, Live, Record, link, pack_trail
from desktop_app.reports.client_summary import client_summary
from desktop_app.reports.pdf import pdf
from desktop_app.reports.sheet import Entry, Fact, Section, Sheet
from desktop_app.reports.table import harmless, of_rows, table
from desktop_app.reports.web_page import web_page

LONG = "\n".join(
    f"Line {number} of a long note, told at the kitchen table." for number in range(90)
)
SHEET = Sheet(
    title="Client summary",
    name="WIŚNIK, Marek",
    banner=(Fact("Born", "30 Nov 1984 (41y)"), Fact("Ref", "OR-4F7K2")),
    marking="All partners",
    made="Made by K. Osei, Tue 24 Nov 2026, for the client",
    sections=(
        Section("Safety", empty="No safety alert is recorded."),
        Section("Contact", facts=(Fact("Address", "The Lantern Rooms <back> & side"),)),
        Section("Timeline", entries=(Entry("Mon 23 Nov", "Home visit", "K. Osei", LONG),)),
    ),
)


def _pages(sheet: Sheet) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf(sheet))).pages]


def test_every_page_says_who_it_is_about_who_may_read_it_and_which_page_it_is() -> None:
    pages = _pages(SHEET)
    assert len(pages) > 1
    for number, text in enumerate(pages, 1):
        assert "WIŚNIK, Marek" in text
        assert "30 Nov 1984 (41y)" in text
        assert text.count("All partners") >= 2
        assert f"Page {number} of {len(pages)}" in text


def test_a_note_longer_than_a_page_goes_on_on_the_next() -> None:
    text = " ".join(_pages(SHEET))
    assert "Line 0 of a long note" in text
    assert "Line 89 of a long note" in text


def test_short_sections_follow_each_other_on_one_page_and_an_entry_is_never_torn() -> None:
    short = tuple(
        Section(f"Part {number}", entries=(Entry("Mon 23 Nov", "Seen", "Home visit", "Short."),))
        for number in range(4)
    )
    notes = "\n".join(["Told at the door."] * 5)
    many = tuple(Entry("Mon 23 Nov", f"Visit {number}", "K. Osei", notes) for number in range(20))
    sheet = replace(SHEET, sections=(*short, Section("Visits", entries=many)))
    pages = _pages(sheet)
    assert all(f"Part {number}" in pages[0] for number in range(4))
    for page in pages:
        assert page.count("Told at the door.") == 5 * page.count("Visit ")


def test_what_is_read_at_a_door_stands_on_one_page_unless_it_is_longer_than_one() -> None:
    def pages(*, whole: bool, lines: int = 17) -> list[str]:
        facts = tuple(Fact("Never", f"Line {number}") for number in range(lines))
        stop = Section("14:00  Ryan Q.", facts, whole=whole)
        before = Section("Before", tuple(Fact("x", "y") for _one in range(33)), whole=True)
        return _pages(replace(SHEET, sections=(before, stop)))

    torn, kept = pages(whole=False), pages(whole=True)
    assert "Ryan Q." in torn[0]
    assert "Line 16" in torn[1]
    assert "Ryan Q." not in kept[0]
    assert "Ryan Q." in kept[1]
    assert "Line 0" in kept[1]
    assert "Line 99" in pages(whole=True, lines=100)[-1]


def test_somebodys_entry_is_not_torn_where_it_is_the_only_one_under_its_heading() -> None:
    before = Section("Before", tuple(Fact("x", "y") for _one in range(33)), whole=True)
    said = "\n".join(["Four points, and what they rest on, in so many words. " * 3] * 9)
    entry = Section("Out within 14 days", entries=(Entry("", "HARTNOLL, Liam", "", said),))
    first, second = _pages(replace(SHEET, sections=(before, entry)))
    assert "HARTNOLL" not in first
    assert "HARTNOLL" in second


def test_who_took_it_out_stands_whole_at_the_foot_of_every_page() -> None:
    why = "because the panel of the strategic group asked for it in October, and again this week"
    made = f"Taken out by K. Osei on Mon 23 Nov, 14:32 for the chair of the panel: {why}"
    for page in _pages(replace(SHEET, made=made)):
        assert made in " ".join(page.split())


def test_inter_is_in_the_file_with_every_letter() -> None:
    reader = PdfReader(BytesIO(pdf(SHEET)))
    fonts = {
        font["/BaseFont"]
        for page in reader.pages
        for font in (one.get_object() for one in page["/Resources"]["/Font"].values())  # type: ignore[index]
        if "/FontDescriptor" in font
    }
    assert fonts
    assert all("Inter" in str(font) for font in fonts)


def test_the_file_says_its_language_and_kind_and_nothing_about_anybody() -> None:
    made = pdf(SHEET)
    reader = PdfReader(BytesIO(made))
    assert str(reader.root_object["/Lang"]) == "en-GB"
    assert reader.metadata is not None
    said = " ".join(str(value) for value in reader.metadata.values())
    assert "Client summary" in said
    for giveaway in ("Marek", "Osei", "OR-", "2026"):
        assert giveaway not in said
    assert b"Marek" not in made


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert pdf(SHEET) == pdf(SHEET)


@given(st.text(max_size=300))
def test_whatever_somebody_typed_is_set_as_text_in_every_twin(text: str) -> None:
    sheet = Sheet(
        text,
        text,
        (Fact(text, text),),
        text,
        text,
        (Section(text, entries=(Entry(text, text, text, text),)),),
    )
    assert pdf(sheet).startswith(b"%PDF")
    assert web_page(sheet).startswith(b"<!doctype html>")
    assert table(sheet)


def test_markup_in_a_note_stays_text_on_paper_and_on_the_web() -> None:
    assert "The Lantern Rooms <back> & side" in " ".join(_pages(SHEET))
    assert b"&lt;back&gt; &amp; side" in web_page(SHEET)


def test_the_web_page_fetches_nothing_and_runs_nothing() -> None:
    seen: list[tuple[str, dict[str, str | None]]] = []

    class Reads(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.append((tag, dict(attrs)))

    Reads().feed(web_page(SHEET).decode())
    tags = [tag for tag, _attributes in seen]
    assert not {"script", "link", "img", "iframe", "form"} & set(tags)
    assert not [one for _tag, one in seen if {"src", "href", "onclick"} & one.keys()]
    assert ("html", {"lang": "en-GB"}) in seen
    assert tags.count("h1") == 1
    assert tags.count("h2") == 3


def test_the_title_of_the_web_page_names_nobody() -> None:
    page = web_page(SHEET).decode()
    assert "<title>Client summary</title>" in page


def test_the_table_holds_every_answer_and_every_event() -> None:
    rows = list(csv.reader(StringIO(table(SHEET).decode("utf-8-sig"))))
    assert ["Contact", "", "Address", "The Lantern Rooms <back> & side", ""] in rows
    assert ["Safety", "", "", "No safety alert is recorded.", ""] in rows
    assert any(row[1:4] == ["Mon 23 Nov", "Home visit", "K. Osei"] for row in rows)


@pytest.mark.parametrize(
    "typed",
    [
        "=1+1",
        "=cmd|'/c calc'!A0",
        "+44 7700 900142",
        "-2+3",
        "@SUM(A1)",
        " =1+1",
        "\t=1",
        "\r=1",
        "＝1+1",  # noqa: RUF001  the wide sign Excel takes for the plain one
    ],
)
def test_a_spreadsheet_never_takes_an_answer_for_a_formula(typed: str) -> None:
    made = of_rows(("Answer",), [(typed,)]).decode("utf-8-sig")
    (_head, row) = list(csv.reader(StringIO(made, newline="")))
    assert row == ["'" + typed]


def test_numbers_and_plain_words_stand_in_a_table_as_they_are() -> None:
    assert harmless(-3) == -3
    assert harmless("14 Samphire Court") == "14 Samphire Court"
    assert harmless("") == ""


KEY_WORKER = Person("a" * 16, "K. Osei", "Outreach", frozenset({Role.KEY_WORKER}), frozenset())
TEAM = Team("t", "Saltings", {KEY_WORKER.id: KEY_WORKER})
ON = date(2026, 11, 24)


def _record(form: str, number: int, answers: Answers, *, audience: str = "partners") -> Record:
    made = bytes(15) + bytes([number])
    live = Live(1_700_000_000_000, 1, number, 0, answers)
    return Record(made, form, bytes(16), audience, KEY_WORKER.id, [live], pack_trail(1, number))


CLIENT = _record(
    "client",
    0,
    {
        "surname": "Fisk",
        "forename": "Carol-Ann",
        "born": "1973-07-27",
        "never": "No texts: somebody else reads them",
        "address_1": "12 Tidemill Close",
        "phone": "07700 900205",
    },
)
ALERT = _record(
    "alert",
    1,
    {
        "headline": "Dog loose in the yard",
        "about": "dog",
        "how_to_visit": "two",
        "set_on": "2026-10-01",
        "review_on": "2026-12-01",
    },
)
VISIT = _record(
    "visit",
    2,
    {
        "at": "2026-11-20T10:00",
        "state": "done",
        "kind": "home",
        "outcome": "seen",
        "people": [KEY_WORKER.id],
    },
)
ACCOUNT = _record(
    "account", 3, {"visit": link(VISIT.id), "seen": "seen", "note": "The lock is fitted."}
)
CLINICAL = _record(
    "clinical_note",
    4,
    {"happened_at": "2026-11-19T10:00", "about": "wound", "note": "Dressed."},
    audience="health",
)


def _summary(*records: Record) -> Sheet:
    return client_summary(CLIENT, records, TEAM, on=ON, made="Made by K. Osei")


def test_safety_stands_before_the_address_and_safe_contact_before_any_number() -> None:
    text = " ".join(_pages(_summary(ALERT)))
    places = [text.index(one) for one in ("Dog loose", "No texts", "Tidemill", "07700 900205")]
    assert places == sorted(places)


def test_what_is_not_known_is_said() -> None:
    text = " ".join(_pages(_summary()))
    assert "No safety alert is recorded." in text
    assert "Nothing is recorded yet." in text
    assert "Not known" in text


def test_one_record_for_health_only_marks_the_whole_summary_so() -> None:
    assert _summary(VISIT).marking == "All partners"
    assert _summary(VISIT, CLINICAL).marking == "Health only"


def test_a_visit_is_told_in_the_words_of_those_who_went() -> None:
    assert "The lock is fitted." in " ".join(_pages(_summary(VISIT, ACCOUNT)))


def test_what_is_only_a_part_of_something_is_no_event_of_its_own() -> None:
    score = _record("scoring", 6, {"scored_on": "2026-11-16", "total": 7, "threshold": 12})
    points = _record("score", 7, {"scoring": link(score.id), "points": 3, "evidence": "The gate"})
    (happened,) = [one for one in _summary(score, points).sections if one.title == "What happened"]
    assert [one.title for one in happened.entries] == ["Score 7"]


def test_what_was_withdrawn_is_not_in_the_summary() -> None:
    withdrawn = _record("alert", 5, {**ALERT.answers, "_withdrawn": "Wrong house"})
    assert "Dog loose" not in " ".join(_pages(_summary(withdrawn)))


def test_what_its_title_says_already_is_not_said_again_under_it() -> None:
    wait: Answers = {"decided_on": "2026-11-13", "decision": "wait", "police_view": "No hurry"}
    (happened,) = [
        one
        for one in _summary(_record("boundary", 8, wait)).sections
        if one.title == "What happened"
    ]
    (said,) = happened.entries
    assert said.title == "Boundary decision: Wait"
    assert "Wait" not in said.place


def test_a_moment_of_another_year_keeps_to_its_column() -> None:
    entries = tuple(Entry(when, "Title") for when in ("1 Jun", "Wed 30 Sep 2026, 20:00"))
    sheet = replace(SHEET, sections=(Section("Part", entries=entries),))
    places: list[float] = []

    def look(text: str, cm: Sequence[float], tm: Sequence[float], *_more: object) -> None:
        if text.strip() == "Title":
            places.append(round(cm[4] + tm[4]))

    PdfReader(BytesIO(pdf(sheet))).pages[0].extract_text(visitor_text=look)
    assert len(places) == 2
    assert len(set(places)) == 1


def test_whoever_wrote_it_is_named() -> None:
    note = _record("note", 9, {"happened_at": "2026-11-18T10:00", "headline": "Sister rang"})
    told = _record("chain_step", 10, {"happened_at": "2026-11-17T10:00", "step": "acknowledged"})
    places = {one.title: one.place for one in _summary(note, told).sections[-1].entries}
    assert places["Acknowledged"] == KEY_WORKER.name
    assert places["Sister rang"].startswith(KEY_WORKER.name)

# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The history of postures for scrutiny: every turn, who decided, how it ended; and on paper."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from desktop_app.casework.disproportion import compared
from desktop_app.casework.due import CaseFile
from desktop_app.casework.forms import form
from desktop_app.casework.people import Team
from desktop_app.casework.posture_history import History, Views, history, without_names
from desktop_app.casework.readings import check
from desktop_app.casework.records import Answers, link
from desktop_app.casework.reference import reference
from desktop_app.reports.pdf import pdf
from desktop_app.reports.posture_report import end_words, posture_sheet, turn_words
from desktop_app.reports.table import table
from desktop_app.reports.web_page import web_page
from tests.unit.desk import OSEI, SHAH
from tests.unit.signing import DAY, Make, Signing

SINCE = date(2026, 10, 1)


@pytest.fixture
def signing(a_record: Make, team: Team) -> Signing:
    pen = Signing(a_record, team)
    pen.add("cohort", cohort="demand_side", started_on="2026-06-01")
    return pen


def file_of(pen: Signing) -> CaseFile:
    client = pen.make("client", b"c" * 16, surname="Quillfeather", forename="Zebedee", gender="man")
    return CaseFile(client, tuple(pen.held))


def told(pen: Signing, day: date = DAY) -> History:
    return history([file_of(pen)], pen.team, SINCE, DAY, day=day)


def test_the_form_offers_what_the_rule_reads() -> None:
    assert check(Views, form("boundary")) == []


def test_a_turn_says_from_what_to_what_by_whom_and_how_it_ended(signing: Signing) -> None:
    signing.arrest()
    signing.agree(signing.ask("heightened", until="2026-11-12", acted_on="2026-11-02"),
                  acted_on="2026-11-03")  # fmt: skip
    signing.agree(signing.ask("support_only", OSEI, acted_on="2026-11-20"), SHAH,
                  acted_on="2026-11-20")  # fmt: skip
    first, second = told(signing).turned
    assert (turn_words(first), first.raised) == ("Standard to heightened", True)
    assert first.turn.from_on == date(2026, 11, 3)
    assert [one.partition(" (")[2] for one in first.deciders] == ["Police)", "Harbour)"]
    assert end_words(first) == "lapsed after Thu 12 Nov 2026"
    assert (turn_words(second), second.raised) == ("Standard to support only", False)
    assert end_words(second) == "holds until Thu 10 Dec 2026"
    assert told(signing).lapsed == 1
    assert told(signing).raised == 1


def test_pressure_that_is_agreed_anew_after_it_lapsed_has_risen_again(signing: Signing) -> None:
    signing.arrest()
    for day, until in (("02", "2026-11-12"), ("11", "2026-11-13"), ("20", "2026-12-10")):
        on = f"2026-11-{day}"
        signing.agree(signing.ask("heightened", until=until, acted_on=on), acted_on=on)
    assert [(turn_words(one), one.raised) for one in told(signing).turned] == [
        ("Standard to heightened", True),
        ("Heightened to heightened", False),
        ("Standard to heightened", True),
    ]
    assert told(signing).raised == 2


def test_what_was_turned_anew_before_its_day_or_taken_back_says_so(signing: Signing) -> None:
    signing.arrest()
    ask = signing.ask("heightened")
    agreed = signing.agree(ask)
    signing.no(agreed, OSEI)
    (only,) = told(signing).turned
    assert end_words(only) == "one agency took it back"
    signing.agree(signing.ask("hold"))
    first, _second = told(signing).turned
    assert end_words(first).startswith("turned anew before")


def test_what_was_refused_or_put_aside_stands_as_carefully(signing: Signing) -> None:
    ask = signing.ask("hold")
    signing.no(ask, OSEI, words="He has begun")
    signing.add("posture_aside", OSEI, put_on="2026-11-20", towards="more", reason="An old case",
                agency="Harbour")  # fmt: skip
    found = told(signing)
    (refused,), (aside,) = found.open, found.aside
    assert refused.noes[0].endswith("(Harbour): He has begun")
    assert (aside.reason, aside.by.partition(" (")[2]) == ("An old case", "Harbour)")
    assert found.turned == ()


def test_a_boundary_decision_says_each_view_and_who_had_the_final_say(signing: Signing) -> None:
    first = signing.add("boundary", decided_on="2026-11-02", decision="act", final_say=SHAH,
                        police_view="Now", support_view="Later", why="A new case")  # fmt: skip
    signing.add("boundary", decided_on="2026-11-09", decision="wait", final_say=OSEI,
                supersedes=link(first.id))  # fmt: skip
    old, new = told(signing).decided
    assert old.said == ("Now", "Later", "")
    assert (old.superseded, new.superseded) == (True, False)
    assert old.final_say == signing.team.name_of(SHAH)


def test_only_what_falls_into_the_time_and_everybody_may_read_counts(signing: Signing) -> None:
    signing.agree(signing.ask("hold", acted_on="2026-09-01"), acted_on="2026-09-01")
    assert told(signing).turned == ()
    assert told(signing).clients == ()


def test_their_own_names_are_in_no_reason() -> None:
    client: Answers = {"surname": "Quillfeather", "forename": "Zebedee", "aliases": ["Zeb Q"]}
    words = "Saw zebedee and QUILLFEATHER's mother; Zeb Q was out. The zebedees were not."
    assert without_names(words, client, "OR-1") == (
        "Saw OR-1 and OR-1's mother; OR-1 was out. The zebedees were not."
    )


def test_the_three_formats_say_the_same_and_no_name(signing: Signing) -> None:
    signing.arrest()
    signing.agree(signing.ask("heightened", reason="Zebedee was seen at three shops"))
    files = [file_of(signing)]
    found = history(files, signing.team, SINCE, DAY, day=DAY)
    ref = reference(files[0].client.id)
    traits = compared(files, signing.team, SINCE, DAY, day=DAY)
    sheet = posture_sheet(found, traits, "October", signing.team, made="By a person")
    paper = " ".join(
        " ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf(sheet))).pages
    )
    for said in (paper, web_page(sheet).decode(), table(sheet).decode("utf-8-sig")):
        assert ref in said
        assert f"{ref} was seen at three shops" in said
        assert "never grounds for a search" in said
        assert "hidden: too few" in said
        assert "Zebedee" not in said
        assert "Quillfeather" not in said

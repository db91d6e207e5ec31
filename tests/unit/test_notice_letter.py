# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The letter about the programme: to an adult, in plain words, naming nobody else."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from desktop_app.casework.codes import codes
from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.records import Json, Record
from desktop_app.reports.notice_letter import notice_letter
from desktop_app.reports.pdf import pdf
from desktop_app.reports.web_page import web_page

Make = Callable[..., Record]
ON = date(2026, 11, 23)


@pytest.fixture
def who(a_record: Make) -> Callable[..., Record]:
    def make(**more: Json) -> Record:
        answers: dict[str, Json] = {
            "surname": "Quillfeather",
            "forename": "Zebedee",
            "known_as": "Zeb",
            "born": "1990-05-01",
            "phone": "07700 900142",
            "address_1": "9 Salt Row",
            **more,
        }
        return a_record("client", **answers)

    return make


def on_paper(client: Record) -> str:
    reader = PdfReader(BytesIO(pdf(notice_letter(client, "2026_1", on=ON))))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_a_made_up_letter_says_that_it_is(who: Callable[..., Record]) -> None:
    real, made_up = (notice_letter(who(), "2026_1", on=ON, made_up=one) for one in (False, True))
    assert "For you" in real.marking
    assert "nobody in it is real" in made_up.marking


def test_it_is_one_page_and_says_help_first(who: Callable[..., Record]) -> None:
    sheet = notice_letter(who(), "2026_1", on=ON)
    pages = PdfReader(BytesIO(pdf(sheet))).pages
    assert len(pages) == 1
    assert "read it · 2026.1" in pages[0].extract_text()
    said = on_paper(who())
    order = [said.index(words) for words in ("Hello Zeb", "offered", "will happen", "Ring")]
    assert order == sorted(order)
    assert "never a reason to search you" in said
    assert "Help goes on" in said


def test_it_names_nobody_else_and_nothing_of_the_file(who: Callable[..., Record]) -> None:
    said = on_paper(who(never="not in front of Dean", referred_by="PC Shah")).lower()
    for word in ("quillfeather", "07700", "salt row", "dean", "shah", "score", "posture"):
        assert word not in said
    for word in ("heightened", "intelligence", "priority", "threshold"):
        assert word not in said


def test_its_web_page_says_the_same(who: Callable[..., Record]) -> None:
    page = web_page(notice_letter(who(), "2026_1", on=ON)).decode()
    assert "Hello Zeb" in page
    assert "<title>Letter</title>" in page


@pytest.mark.parametrize("born", ["", "2009-01-01", "2008~"])
def test_nobody_gets_one_who_may_be_under_18(who: Callable[..., Record], born: str) -> None:
    with pytest.raises(NotAllowed, match="18"):
        notice_letter(who(born=born), "2026_1", on=ON)


def test_every_version_on_the_list_has_its_words(who: Callable[..., Record]) -> None:
    for one in codes("notice_message").code:
        assert notice_letter(who(), one.code, on=ON).sections
    with pytest.raises(NotAllowed):
        notice_letter(who(), "1999_1", on=ON)

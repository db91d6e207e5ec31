# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The record page: what the settling of a question wrote down."""

from pytestqt.qtbot import QtBot

from desktop_app.casework.records import link
from tests.ui.crew import words_on
from tests.ui.office import Office
from tests.ui.test_record import Sheet
from ui.kit.buttons import Button
from ui.session import Session


def test_what_a_settling_wrote_down_is_read_and_not_altered(
    qtbot: QtBot, session: Session, office: Office, lee: bytes
) -> None:
    sheet = Sheet(qtbot, session)
    answers = {"settled_on": "2026-11-20", "of": link(lee), "fields": ["born"], "how": "kept"}
    more = {"between": ["1.1", "2.1"], "why": "Rung"}
    wrote = office.save("settled", {**answers, **more}, client=lee)
    sheet.show("settled", lee, wrote)
    assert "Rung" in words_on(sheet.read)
    assert sheet.read.side.back.isHidden()
    said = [one.text() for one in sheet.read.findChildren(Button) if one.isVisible()]
    assert not [words for words in said if "Change" in words], said

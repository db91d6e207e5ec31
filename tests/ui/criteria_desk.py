# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Criteria laid ready in a vault: a version, agreed to by everybody or not."""

from desktop_app.casework.matrix import versions
from desktop_app.casework.records import NO_CLIENT, Record, link
from tests.ui.office import SHAH, Office

BANDS = ["0 = None", "2 = 1 or 2", "4 = 3 or more"]


def lay_criteria(
    office: Office, *, agreed: bool = True, version: str = "November", threshold: int = 5
) -> bytes:
    """Lay a version of two criteria and what protects; return the set."""
    matrix = office.save(
        "matrix",
        {"title": "Ours", "version": version, "threshold": threshold, "from_on": "2026-11-02"},
        client=NO_CLIENT,
    )
    asked = [
        ("Acquisitive offences", {"proposed_from": "acquisitive"}),
        ("Depends on heroin", {}),
        ("What protects them", {"protective": "yes"}),
    ]
    for place, (question, more) in enumerate(asked, start=1):
        answers = {"matrix": link(matrix), "place": place, "question": question, "bands": BANDS}
        office.save("criterion", {**answers, **more}, client=NO_CLIENT)
    if agreed:
        agree(office, matrix)
    return matrix


def agree(office: Office, matrix: bytes, who: str = SHAH) -> None:
    """Say that the one agency of the small team agrees."""
    version = next(one for one in versions(everything(office)) if one.id == matrix)
    said = {
        "matrix": link(matrix),
        "mark": version.mark,
        "agency": "Agency",
        "answer": "agrees",
        "agreed_on": "2026-11-03",
    }
    office.colleague(who, "agreement", said, client=NO_CLIENT)


def everything(office: Office) -> list[Record]:
    """Return every record about nobody."""
    rows = office.store.rows("SELECT id FROM record WHERE client = ?", (NO_CLIENT,))
    return [office.record(row[0]) for row in rows]

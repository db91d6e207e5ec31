# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Pictures of a plan, of the last four weeks, and of what is taken out on paper."""

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.casework.records import RecordId
from storage import reads
from ui.dialogs import ScreenDialogs
from ui.pages.export_panel import ExportPanel
from ui.pages.outcome import OutcomePage
from ui.pages.plan import PlanPage
from ui.pages.reading import ReadingPage
from ui.places import Place

if TYPE_CHECKING:
    from tests.pictures.person import Pages


def draw_plan(pages: "Pages") -> None:
    """Draw a plan, what opens on it, what the client sees of it, and the last four weeks."""
    client = pages.clients("goal")[0]
    for code in ("", "goal", "need", "review", "export"):
        page = pages.go(Place("plan", client))
        assert isinstance(page, PlanPage)
        if not code:
            pages.keep("person_plan")
            continue
        page.do(code)
        pages.gallery.wait(pages.settled)
        pages.panel(f"person_plan_{code}", page.panel, wrong=True)
    pages.go(Place("plan_shown", client))
    pages.keep("person_plan_shown")
    if pages.whose == "nurse":  # whoever does not hold health never comes there
        _outcome(pages, client)


def _outcome(pages: "Pages", client: RecordId) -> None:
    """Draw a form on four weeks: new, wrongly filled in, and one that is put right."""
    page = pages.go(Place("outcome", client))
    assert isinstance(page, OutcomePage)
    pages.keep("person_outcome")
    page.save()
    pages.keep("person_outcome_problem")
    if page.sheet is None:
        return
    page.sheet.resume({"answers": {"alcohol": 4, "opioids": 45, "crack": "declined", "mind": 21}})
    page._touched()
    pages.keep("person_outcome_filled")
    page.save()
    pages.keep("person_outcome_wrong")
    page.leave()
    for held in pages.read(lambda vault: reads.records(vault, form="outcome_form", limit=1)):
        pages.go(Place("outcome", held.client, record=held.id))
        pages.keep("person_outcome_correct")
        page.save()
        pages.keep("person_outcome_correct_problem")


class _Gone(ScreenDialogs):
    """Whoever chooses a stick that is pulled out before the paper is written."""

    def save_file(self, title: str, *, suggest: str) -> Path:
        """Choose it."""
        return Path("/media/a stick that was pulled out") / (title and suggest)


def draw_paper(pages: "Pages") -> None:
    """Draw what becomes paper, what is asked first, and a stick that is gone when it is written."""
    for name in ("visit_pack", "same_worker"):
        page = pages.go(Place(name))
        assert isinstance(page, ReadingPage)
        pages.keep(f"person_{name}")
        page.paper.click()
        pages.gallery.wait(pages.settled)
        pages.panel(f"person_{name}_out", page.panel, wrong=True)
        page.dialogs = _Gone()
        page.paper.click()
        pages.gallery.wait(pages.settled)
        panel = page.panel
        assert isinstance(panel, ExportPanel)
        panel.view.resume({"recipient": "K. Osei", "reason": "Visits of the day"})
        panel.save()
        pages.keep(f"person_{name}_out_failed")
        if page.panel is not None:
            page.panel.end()
        pages.book.frame.banner.hide()

# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The plan on paper, for the client to keep: as PDF or web page, in plain or large type.

Rules, each with a test:

* What leaves is logged first, as everything that is taken out.
* How the last weeks went is in it only when that is asked for here, for it is health.
* Where no letter may be found at their home, that is said before anything is made.
"""

from pathlib import Path

from desktop_app.casework.outcomes import FORM
from desktop_app.casework.records import RecordId
from desktop_app.casework.words import _
from desktop_app.reports.plan_sheet import is_quiet, plan_sheet
from storage import reads
from storage.store import Store
from ui.dialogs import Dialogs
from ui.kit.card import down, holding
from ui.kit.tick_box import TickBox
from ui.pages.client_taking_out import SET, NotWritten, brought_together, write_out
from ui.pages.export_panel import ExportPanel, Leaves, nothing_locks
from ui.pages.plan_facts import PLAN_FORMS, PlanFacts, gathered
from ui.session import Session

THEIRS = frozenset({"assessment", "goal", "need", "review"})


class PlanPaperPanel(ExportPanel):
    """Asks how the plan is to be set, then writes it."""

    def __init__(
        self, session: Session, dialogs: Dialogs, client: RecordId, facts: PlanFacts | None
    ) -> None:
        """Ask what is to be asked.

        Args:
            session: who takes it out.
            dialogs: asks where to.
            client: whose plan it is.
            facts: the plan as it is shown.
        """
        quiet = _(
            "They said that nothing at their home may say who we are. No worker is named on it; "
            "ask whether they want it at all."
        )
        leaves = Leaves(
            "own_copy",
            _("The plan, for the client to keep"),
            nothing_locks(),
            "plan",
            [("pdf", _("PDF")), ("html", _("Web page"))],
            (client,),
            warns=(quiet,) if facts is not None and is_quiet(facts.file.client) else (),
            preset={"recipient": _("The client"), "reason": _("Their own plan, to keep")},
        )
        super().__init__(session, dialogs, leaves, client)
        self._large = self._with_courses = False
        self.large = TickBox(_("&Large type"))
        self.courses = TickBox(_("With how the last &weeks went, if they want it on paper"))
        if facts is None or not facts.drawn:
            self.courses.hide()
        self.put_beneath(holding(down(self.large, self.courses, gap=6)))

    def save(self) -> None:
        """Ask where to, log it, and write the file."""
        # Kept now: what writes it does so far from any widget.
        self._large = self.large.isChecked()
        self._with_courses = self.courses.isChecked() and not self.courses.isHidden()
        super().save()

    def write(self, store: Store, place: Path, ending: str, _made: str) -> None:
        """Write the file."""
        session = self._session
        found = reads.client(store, self._client)
        if found is None:
            raise NotWritten(_("This client is not on this laptop. Nothing was written."))
        held = reads.standing(store, found.id, forms=PLAN_FORMS, near=(), since="")
        facts = gathered(store, found, held, session.team, session.now())
        sheet = plan_sheet(
            found,
            facts.plan,
            session.team,
            on=session.today(),
            worker=facts.worker,
            trends=facts.trends if self._with_courses else (),
            large=self._large,
        )
        theirs = THEIRS | ({FORM} if self._with_courses else set())
        in_it = [one for one in facts.file.records if one.form in theirs]
        if together := brought_together(session, (self._client,), in_it):
            store.save([together], now_ms=session.clock.now_ms())
        write_out(place, SET[ending](sheet))

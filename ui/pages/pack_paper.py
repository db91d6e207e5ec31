# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The handover pack, from the offer of a handover or from the client page: for whom, then written.

Rules, each with a test:

* What leaves is logged first, as everything that is taken out.
* It is made for somebody: what they may not read is left out, and the pack says so. Whom the
  client was offered to is chosen at first; for nobody in particular it is made for every partner.
"""

from pathlib import Path

from desktop_app.casework import audience
from desktop_app.casework.due import CaseFile
from desktop_app.casework.handover import open_offers
from desktop_app.casework.people import Person
from desktop_app.casework.records import RecordId
from desktop_app.casework.words import _
from desktop_app.reports.handover_pack import handover_pack, readable
from storage import reads
from storage.store import Store
from ui.dialogs import Dialogs
from ui.kit.card import down, holding
from ui.kit.drop_down import DropDown
from ui.kit.labels import label
from ui.pages.client_taking_out import SET, NotWritten, brought_together, write_out
from ui.pages.export_panel import ExportPanel, Leaves, nothing_locks
from ui.pages.team_facts import phones_of
from ui.session import Session
from ui.team_limits import limits_of


class PackPanel(ExportPanel):
    """Asks for whom the pack is, then writes it."""

    def __init__(
        self, session: Session, dialogs: Dialogs, file: CaseFile, *, receiver: str = ""
    ) -> None:
        """Ask what is to be asked.

        Args:
            session: who takes it out.
            dialogs: asks where to.
            file: the client's.
            receiver: person id of whom they are offered to; found from the file when empty.
        """
        offers = open_offers(file.records, session.today())
        wanted = receiver or (offers[-1].offer.handed_to if offers else "")
        others = [one for one in session.team.persons.values() if one.active]
        named = session.team.persons.get(wanted)
        leaves = Leaves(
            "handover_pack",
            _("Handover pack"),
            nothing_locks(),
            "handover-pack",
            [("pdf", _("PDF")), ("html", _("Web page"))],
            (file.client.id,),
            preset={
                **({"recipient": named.name} if named is not None else {}),
                "reason": _("They take the client over"),
            },
        )
        super().__init__(session, dialogs, leaves, file.client.id)
        chosen = wanted if named is not None and named.active else ""
        self.receiver = DropDown(
            [(one.id, one.name) for one in sorted(others, key=lambda person: person.name)],
            _("Who takes them over"),
            value=chosen,
            none=_("Any partner"),
        )
        self.readers = label("", "small", tone="muted", wrap=True)
        self.receiver.chosen.connect(lambda _code: self._say_what_is_in_it())
        asked = label(_("Who takes them over"))
        self.put_beneath(holding(down(asked, self.receiver, self.readers, gap=4)))
        self._for: Person | None = None
        self._say_what_is_in_it()

    def save(self) -> None:
        """Ask where to, log it, and write the file."""
        self._for = self._chosen()  # kept now: what writes it does so far from any widget
        super().save()

    def write(self, store: Store, place: Path, ending: str, made: str) -> None:
        """Write the file."""
        session, found = self._session, reads.client(store, self._client)
        if found is None:
            raise NotWritten(_("This client is not on this laptop. Nothing was written."))
        records = readable(reads.records(store, client=self._client), self._for)
        if together := brought_together(session, self._files(store), records):
            store.save([together], now_ms=session.clock.now_ms())
        sheet = handover_pack(
            found,
            records,
            session.team,
            giver=session.me,
            receiver=self._for,
            limits=limits_of(store),
            now=session.now(),
            made=made,
            phones=phones_of(store, session.team),
        )
        write_out(place, SET[ending](sheet))

    def _files(self, store: Store) -> tuple[RecordId, ...]:
        return tuple(store.whole(self._client))

    def _chosen(self) -> Person | None:
        return self._session.team.persons.get(self.receiver.value())

    def _say_what_is_in_it(self) -> None:
        """Say what whoever it is for may read of what this laptop holds."""
        chosen, me = self._chosen(), self._session.me
        both = [one for one in (chosen, me) if one is not None]
        more = [
            one
            for one in (audience.HEALTH, audience.POLICE)
            if len(both) == 2 and all(audience.may_hold(one, person) for person in both)
        ]
        titles = ", ".join(audience.title(one) for one in (audience.PARTNERS, *more))
        words = _("In it: %(groups)s. What they may not read is left out, and the pack says so.")
        self.readers.setText(words % {"groups": titles})

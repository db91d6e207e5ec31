# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The posture on the client page: how much attention, why, until when, and whom to ring first.

It is worked out from what the page has read anyway; the records it may rest on, and what proposes
anything, are read only of those on the programme and of those somebody has signed for.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from desktop_app.casework.assignments import KEY_WORKER, Assignment, worker_on
from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.boundary import Boundary, boundary_now
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_short
from desktop_app.casework.due import CaseFile, said
from desktop_app.casework.people import Team
from desktop_app.casework.posture import Posture, never_grounds, posture_now
from desktop_app.casework.posture_evidence import may_count
from desktop_app.casework.posture_proposals import Towards, proposals
from desktop_app.casework.posture_proposed import because, title
from desktop_app.casework.posture_rows import (
    TAKE_BACK,
    WITH_PROPOSALS,
    fall_words,
    level_words,
    to_take_back,
)
from desktop_app.casework.posture_turns import HOLD, STANDARD, Act, Turn
from desktop_app.casework.records import Record, RecordId
from desktop_app.casework.targeting import places_on
from desktop_app.casework.words import _
from storage import boards
from storage.store import Store
from ui.kit.buttons import button
from ui.kit.chip import ChipText
from ui.kit.labels import label
from ui.pages.client_side import LinesCard
from ui.pages.form_panel import Plan
from ui.pages.posture_panels import SHOWN, asking, boundary, saying_no
from ui.pages.side_line import SideItem
from ui.session import Session

if TYPE_CHECKING:
    from ui.pages.client import ClientPage

DOES = ("posture", "boundary", TAKE_BACK)
BACK = b"take back"
"""Stands where a line would name its record: the line takes one's own agency's word back."""


class PostureCard(LinesCard):
    """The card.

    Signals:
        wanted: the code of what a person wants done.
    """

    wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        corner = None
        if session.may_write(Act.form):
            corner = button(_("Turn"), "quiet", small=True, name=_("Ask for a posture"))
            corner.clicked.connect(lambda: self.wanted.emit("posture"))
        super().__init__(_("Posture"), "", corner=corner)
        self.add(label(never_grounds(), "small", tone="muted", wrap=True))


def posture_lines(
    store: Store, client: RecordId, standing: Sequence[Record], session: Session
) -> tuple[SideItem, ...]:
    """Return the posture of a client as lines; none for whom it says nothing of.

    Args:
        store: the vault.
        client: who it is.
        standing: the records that say how they stand.
        session: whose team it is, and today.
    """
    day = session.today()
    signed = any(one.form in (Act.form, Boundary.form) for one in standing)
    if not signed and not places_on(standing, day):
        return ()
    file = boards.case_files(store, [client], WITH_PROPOSALS).get(client)
    records = [*standing, *(file.records if file else ())]
    once = list({one.id: one for one in records}.values())
    return tuple(_lines(once, session))


def _lines(records: list[Record], session: Session) -> Iterator[SideItem]:
    day, team = session.today(), session.team
    now = posture_now(records, team, day)
    yield _level(now, session) if now.turn else _standard()
    if now.turn is not None:
        yield _agreed(now.turn, team)
    held = boundary_now(records, day)
    worker = worker_on(records, KEY_WORKER, day)
    ring = (now.turn.ring if now.turn else "") or (team.name_of(worker) if worker else "")
    if ring and (held is not None or (now.turn is not None and now.level != STANDARD)):
        yield SideItem(b"", "phone", "info", _("Ring first: %(who)s") % {"who": ring}, "")
    if held is not None:
        yield _boundary(held, session)
    for one in now.asked:
        act = one.act
        words = _("%(agency)s asks for %(level)s") % {
            "agency": act.agency,
            "level": level_words(act.level),
        }
        yield SideItem(act.id, "message-square-quote", "info", words, act.reason)
    mine = to_take_back(now, session.me, team) if session.may_write(Act.form) else None
    if mine is not None:
        words = _("Take back our word for %(level)s") % {"level": level_words(mine.level)}
        yield SideItem(BACK, "undo-2", "muted", words)
    for each in proposals(records, team, day):
        more = each.towards is Towards.MORE
        why = said(because(each, team, day))
        icon, tone = ("trending-up", "warn") if more else ("heart-handshake", "ok")
        yield SideItem(b"", icon, tone, title(each), why)


def _standard() -> SideItem:
    return SideItem(b"", "scale", "neutral", codes("posture_level").label(STANDARD), "")


def _level(now: Posture, session: Session) -> SideItem:
    day = session.today()
    of = codes("posture_level").find(now.level)
    icon, tone = (of.icon, of.tone) if of else ("scale", "neutral")
    title = codes("posture_level").label(now.level)
    if now.level == HOLD:
        title = _("%(level)s: do not act without a call") % {"level": title}
    turn = now.turn
    beneath, chip = "", None
    if turn is not None and turn.holds:
        beneath = _("until %(day)s: %(why)s") % {
            "day": say_short(turn.until.isoformat(), day),
            "why": turn.reason,
        }
    elif turn is not None:
        beneath = said(fall_words(now, turn, day)).removeprefix(_("because "))
        chip = ChipText(_("For the forum"), "warn")
    record = turn.ask.id if turn else b""
    return SideItem(record, icon, tone, title, beneath, chip, late=now.for_forum)


def _agreed(turn: Turn, team: Team) -> SideItem:
    two = [f"{team.name_of(one.author)} ({one.agency})" for one in (turn.ask, turn.agree)]
    words = _("%(one)s and %(other)s") % {"one": two[0], "other": two[1]}
    return SideItem(turn.agree.id, "handshake", "ok", _("Agreed by two agencies"), words)


def _boundary(held: Boundary, session: Session) -> SideItem:
    day = session.today()
    words = _("Boundary decision: %(what)s") % {
        "what": codes("boundary_decision").label(held.decision).lower()
    }
    beneath = _("final say %(who)s, looked at again %(day)s") % {
        "who": session.team.name_of(held.final_say),
        "day": say_short(held.review_on.isoformat(), day) if held.review_on else _("not said"),
    }
    late = held.late(day)
    chip = ChipText(_("Late"), "warn") if late else None
    return SideItem(held.record.id, "scale", "info", words, beneath, chip, late=late)


def plan(page: "ClientPage", code: str, opened: Callable[[Plan], None]) -> None:
    """Make the plan of the panel that was asked for, and give it to `opened`."""
    client, session = page.client, page.session
    if code == "boundary":
        opened(boundary())
        return

    def read(file: CaseFile | None) -> None:
        if file is not None and page.client == client and code == TAKE_BACK:
            now = posture_now(file.records, session.team, session.today())
            act = to_take_back(now, session.me, session.team)
            if act is not None:
                opened(saying_no(act, session, own=True))
        elif file is not None and page.client == client:
            found = proposals(file.records, session.team, session.today())
            opened(asking(file, session, found[0] if len(found) == 1 else None))

    def ask(store: Store) -> CaseFile | None:
        return boards.case_files(store, [client], WITH_PROPOSALS | {Assignment.form}).get(client)

    shows = partial(_offered, session)
    session.ask(ask, read, shows=shows, owner=page, name="posture")


def _offered(session: Session, file: CaseFile | None) -> Sight | None:
    """Return what the panel shows of a case file: what may be evidence."""
    if file is None:
        return None
    found = proposals(file.records, session.team, session.today())
    named = [each.record for one in found for each in one.named]
    offered = [*may_count(file.records)[-SHOWN:], *named]
    return sight("client", offered, clients=[file.client.id]) if offered else None

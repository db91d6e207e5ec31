# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What a forum that is being held writes: a client recorded or skipped, and its closing."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desktop_app.casework.choosing import REMOVE_TARGETING
from desktop_app.casework.records import Answers, Edit
from desktop_app.casework.removal import SUPPORT, TARGETING, Removal
from desktop_app.casework.words import _, ngettext
from ui.pages import forum_saving
from ui.pages.forum_bar import REMOVALS
from ui.pages.forum_saving import Pen

if TYPE_CHECKING:
    from ui.pages.forum_held import ForumHeld

FORM = "forum"


def record(held: "ForumHeld") -> None:
    """Record what was decided about the client who is shown, and go on to the next."""
    meeting, shown, bar = held.meeting, held.shown, held.bar
    if meeting is None or shown is None:
        return
    said = bar.said()
    lacks = bar.again.problem()
    lacks = lacks or forum_saving.lacking(said, meeting, shown, held.session.today())
    bar.say_lacks(lacks)
    if lacks:
        return
    edits = forum_saving.recorded(said, meeting, shown, held.segment(), _pen(held))
    _save(held, edits, checked=bool(said.removal))


def skip(held: "ForumHeld") -> None:
    """Skip the client who is shown, with the reason."""
    meeting, shown = held.meeting, held.shown
    if meeting is None or shown is None:
        return
    why = held.dialogs.ask_text(_("Why are they not talked about today?"))
    if why and why.strip():
        _save(held, forum_saving.skipped(why, meeting, shown, held.segment(), _pen(held)))


def check(held: "ForumHeld") -> None:
    """Let the room answer the checklist of the removal that was chosen."""
    said, shown = held.bar.said(), held.shown
    if shown is not None and said.course in REMOVALS and not held.middle.busy:
        of = TARGETING if said.course == REMOVE_TARGETING else SUPPORT
        known: Answers = {"why": said.why, "agreed_by": [*said.agreed]}
        held.middle.check(shown.file, of, known)


def close(held: "ForumHeld") -> None:
    """Close a forum, once nobody is left, and show its minutes."""
    meeting, agenda, session = held.meeting, held.agenda, held.session
    if meeting is None or agenda is None:
        return
    if left := agenda.left_over:
        words = _("%(n)d are left. Each is talked about, or skipped with a reason.")
        held.bar.say_lacks(words % {"n": len(left)})
        held.list.go_to(left[0])
        return

    if (still := agenda.still) > 0:
        words = ngettext(
            "%(n)d client is still to be gone through, and may be missing. Close it in a moment.",
            "%(n)d clients are still to be gone through, and some may be missing. Close it in a "
            "moment.",
            still,
        )
        held.bar.say_lacks(words % {"n": still})
        return

    def saved(_saved: object) -> None:
        session.drop_draft(FORM, client=b"", record=meeting.id)
        held.meeting = None
        held.closed.emit(meeting.id)

    session.save([forum_saving.closed(meeting, agenda, on=session.today())], saved)


def _save(held: "ForumHeld", edits: list[Edit], *, checked: bool = False) -> None:
    client = edits[0].client

    def saved(_saved: object) -> None:
        if checked:
            held.session.drop_draft(Removal.form, client=client)
        after = [one for one in held.left() if one != client]
        held.go_on_with(after[0] if after else b"", recorded=client)
        held.list.setFocus(Qt.FocusReason.OtherFocusReason)
        held.keep_draft()
        held.recorded.emit()

    held.session.save(edits, saved)


def _pen(held: "ForumHeld") -> Pen:
    return Pen(held.session.team, held.session.now(), held.session.new_record)

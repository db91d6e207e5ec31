# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is on a stick: whose files, how many are new, what is wrong with it, and what to do with it.

Rules, each with a test:

* Looking writes nothing and takes nothing in; what is on it is said before either button.
* What was missing here and lies on it is said to lie on it; a copy that is no good is not said to.
* An empty stick, one of another team, a full one, one that can only be read and one that was pulled
  out are each one calm sentence.
"""

from datetime import date
from pathlib import PurePath

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.calendar_words import say_moment
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _, ngettext
from sync.share import ShareUnreachable
from sync.stick import From, Room, Stick
from sync.stick_survey import Survey
from sync.unsettled import Missing
from ui.clock import local
from ui.exchanging import Exchanging
from ui.kit.buttons import HANG, Kind, button
from ui.kit.card import Card, across, clear, down, holding, stopping
from ui.kit.chip import Chip
from ui.kit.labels import Disc, Line, Part, Rule, label
from ui.kit.notice import Notice
from ui.kit.section_rule import SectionRule
from ui.pages.importing_brings import number
from ui.pages.importing_cards import line
from ui.pages.sharing_progress import SharingProgress
from ui.session import Session
from ui.stick_run import Filled, StickRun
from ui.theme import SEMI
from ui.tokens import XS, L, M, S


class StickPanel(QWidget):
    """One stick, or another folder.

    Signals:
        take_in: the folder whose bundles are to be rehearsed and taken in.
        closed: it was left.
    """

    take_in = Signal(str)
    closed = Signal()

    def __init__(self, session: Session, folder: str, exchanging: Exchanging) -> None:
        """Get ready; nothing touches the folder yet.

        Args:
            session: whose casebook.
            folder: where it is.
            exchanging: whose thread goes to it.
        """
        super().__init__()
        self._session, self._folder = session, folder
        self._found = Stick(Survey())
        self.run = StickRun(session, folder, exchanging, self)
        self.progress = SharingProgress()
        self.progress.stop.connect(self.run.stop)
        self.said, self.wrong = Notice("", "ok"), Notice("", "warn")
        self._facts = QVBoxLayout()
        self._facts.setSpacing(S)
        self._facts.setContentsMargins(0, 0, 0, 0)
        self.take = button(_("&Take in…"), "primary", icon="package-check")
        self.take.clicked.connect(lambda: self.take_in.emit(self._folder))
        self.put = button(_("&Put everything on it"), icon="upload")
        self.put.clicked.connect(self._fill)
        self._again = button(_("Look at it a&gain"), icon="refresh-cw")
        self._again.clicked.connect(self.start)
        self._lay_out()
        run = self.run
        run.stage.connect(self.progress.show_stage)
        run.changed_running.connect(self._show_running)
        run.looked.connect(self._show)
        run.filled.connect(self._show_filled)
        run.failed.connect(self._show_failed)

    def start(self) -> None:
        """Look at what is on it."""
        self.said.hide()
        self.wrong.hide()
        self.run.look()

    def _fill(self) -> None:
        self.said.hide()
        self.wrong.hide()
        self.run.fill()

    def _lay_out(self) -> None:
        where = label(self._folder, "small", tone="muted", wrap=True)
        name = PurePath(self._folder).name or self._folder
        card = Card(_("What is on %(stick)s") % {"stick": name}, role="h3", gap=S)
        for hidden in (self.progress, self.said, self.wrong, self.take, self.put, self._again):
            hidden.hide()
        leave = button(_("&Back"), "quiet", icon="arrow-left")
        leave.clicked.connect(self.closed)
        self._leave = leave
        for piece in (where, self.progress, self.said, self.wrong):
            card.add(piece)
        card.add(stopping(holding(self._facts), _("What is on it")), 1)
        hang = (-HANG, S, 0, 0)
        foot = across(leave, None, self._again, self.put, self.take, gap=M, margins=hang)
        card.add(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)

    def _show(self, found: Stick, room: Room | None) -> None:
        self._found = found
        clear(self._facts)
        for piece in _told(found, room, self._session.today()):
            self._facts.addWidget(piece)
            piece.show()
        self._facts.addStretch(1)
        new, can = found.new, room is None or not room.read_only
        self.take.setVisible(bool(new))
        self.put.setVisible(bool(found.lacking) and can)
        self.put.set_kind(Kind.PLAIN if new else Kind.PRIMARY)
        self._again.show()
        words = ngettext("&Take in %(n)d bundle…", "&Take in %(n)d bundles…", new)
        self.take.set_words(words % {"n": new})
        words = ngettext("&Put %(n)d file on it", "&Put all %(n)d files on it", found.lacking)
        self.put.set_words(words % {"n": found.lacking})
        first = self.take if new else self.put if found.lacking and can else self._leave
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_filled(self, filled: Filled) -> None:
        notice = self.said if filled.whole else self.wrong
        notice.say(filled.words)
        notice.show()
        notice.announce()
        if not filled.gone:
            self.run.look()

    def _show_failed(self, error: CaseworkError) -> None:
        clear(self._facts)
        words = str(error)
        if isinstance(error, ShareUnreachable):
            words = _(
                "It cannot be reached: perhaps it was pulled out. Nothing was taken in or written. "
                "Put it in again, then look at it again."
            )
        self.wrong.say(words)
        self.wrong.show()
        self.wrong.announce()
        self.take.hide()
        self.put.hide()
        self._again.show()
        self._again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_running(self, running: bool) -> None:  # noqa: FBT001  a Qt slot
        self.progress.setVisible(running)
        for act in (self.take, self.put, self._again):
            act.setEnabled(not running)
        if running:
            self.progress.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)


def _told(found: Stick, room: Room | None, today: date) -> list[QWidget]:
    """Return what is said of it: what it is, what is wrong with it, whose, then what else."""
    pieces: list[QWidget] = [Notice(words, tone) for words, tone in (_what_it_is(found),)]
    odd = [*_odd(found), *_of_the_room(room, found)]
    come = [line("link", "ok", _has_come(one)) for one in found.awaited]
    wrong = [line(icon, tone, words) for icon, tone, words in odd if tone == "warn"]
    else_ = [line(icon, tone, words) for icon, tone, words in odd if tone != "warn"]
    if found.bundles:
        pieces = [_numbers(found, today), *come, *wrong, Rule()]
        for one in found.of:
            pieces.append(_from(one, today))
    else:
        pieces += wrong
    if else_:
        pieces += [SectionRule(_("To know")), *else_]
    return pieces


def _has_come(one: Missing) -> str:
    """Return that what others wait for here is on it."""
    count = one.last - one.first + 1
    words = ngettext("%(which)s is on it. %(waits)s", "%(which)s are on it. %(waits)s", count)
    return words % {"which": one.which, "waits": one.words}


def _what_it_is(found: Stick) -> tuple[str, str]:
    if found.is_empty:
        return (
            _(
                "Nothing is on it. You can put everything you hold on it, sealed as it is, and "
                "carry it to a colleague."
            ),
            "neutral",
        )
    if not found.survey.ours and found.survey.other_teams:
        return _("It holds files of another team. They are left alone; nothing was read."), "warn"
    if not found.survey.ours:
        return _("Nothing of your team is on it. What is there is left alone."), "neutral"
    return _("Your team's folder is on it, with no bundles in it."), "neutral"


def _numbers(found: Stick, today: date) -> QWidget:
    newest = _moment(found.newest_ms, today) if found.newest_ms else _("not known")
    row = across(
        number("mail", "neutral", found.bundles, _("bundles")),
        number("laptop", "info", len(found.of), _("laptops")),
        number("inbox", "warn" if found.new else "ok", found.new, _("new here")),
        label(_("The newest was sealed %(when)s") % {"when": newest}, "small", tone="muted"),
        None,
        gap=L,
    )
    return holding(row)


def _from(one: From, today: date) -> QWidget:
    count = ngettext("%(n)d bundle", "%(n)d bundles", one.bundles) % {"n": one.bundles}
    when = _("the newest sealed %(when)s") % {"when": _moment(one.newest_ms, today)}
    parts = [Part(_("Whose cannot be said"), weight=SEMI)]
    if one.author is not None:
        parts = [Part(one.author.laptop, weight=SEMI), Part(f"  {one.author.person}", "muted")]
    beneath = f"{count} · {when}" if one.newest_ms else count
    words = down(Line(parts), label(beneath, "small", tone="muted", wrap=True), gap=1)
    row = across(Disc("laptop", "info"), holding(words), gap=M, margins=(0, XS, 0, XS))
    row.setStretch(1, 1)
    if one.new:
        row.addWidget(Chip(_("%(n)d new here") % {"n": one.new}, "warn", icon="inbox"))
    made = holding(row)
    said = one.author.words if one.author else _("Whose cannot be said")
    made.setAccessibleName(f"{said}. {beneath}. {_('%(n)d new here') % {'n': one.new}}")
    return made


def _odd(found: Stick) -> list[tuple[str, str, str]]:
    """Return what else is on it, or is missing of it, with its icon and tone."""
    return [
        (icon, tone, words % {"n": count})
        for count, icon, tone, words in (*_unreadable(found), *_besides(found))
        if count
    ]


def _unreadable(found: Stick) -> list[tuple[int, str, str, str]]:
    damaged = ngettext(
        "%(n)d bundle is cut short or altered. It comes in once a sound copy is met.",
        "%(n)d bundles are cut short or altered. They come in once sound copies are met.",
        found.damaged,
    )
    spoilt = ngettext(
        "The copy on it of %(n)d file you hold is cut short or altered. Yours is sound: put on "
        "again, it takes its place.",
        "The copies on it of %(n)d files you hold are cut short or altered. Yours are sound: put "
        "on again, they take their place.",
        found.spoilt,
    )
    locked = ngettext(
        "%(n)d new bundle cannot be opened: this laptop has not received its key, or it is not "
        "your team's.",
        "%(n)d new bundles cannot be opened: this laptop has not received their key, or they are "
        "not your team's.",
        found.locked,
    )
    unread = ngettext(
        "%(n)d more new bundle was counted and not looked into.",
        "%(n)d more new bundles were counted and not looked into.",
        found.survey.unread,
    )
    return [
        (found.damaged, "file-warning", "warn", damaged),
        (found.spoilt, "file-warning", "warn", spoilt),
        (found.locked, "key-round", "warn", locked),
        (found.survey.unread, "hourglass", "neutral", unread),
    ]


def _besides(found: Stick) -> list[tuple[int, str, str, str]]:
    survey = found.survey
    foreign = ngettext(
        "%(n)d other thing lies on it that is not Tandem's. It is left alone.",
        "%(n)d other things lie on it that are not Tandem's. They are left alone.",
        survey.foreign,
    )
    unsealed = ngettext(
        "%(n)d change of yours is not sealed yet and does not go onto it: share first.",
        "%(n)d changes of yours are not sealed yet and do not go onto it: share first.",
        found.unsealed,
    )
    uncompared = ngettext(
        "%(n)d file you hold is on it and was not compared with yours.",
        "%(n)d files you hold are on it and were not compared with yours.",
        found.uncompared,
    )
    other = _("Files of another team lie on it as well. They are left alone.")
    return [
        (survey.other_teams if survey.ours else 0, "users", "neutral", other),
        (survey.foreign, "folder-open", "neutral", foreign),
        (found.unsealed, "mail-open", "neutral", unsealed),
        (found.uncompared, "hourglass", "neutral", uncompared),
        (
            survey.ours and not found.lacking,
            "check-check",
            "ok",
            _("Everything you hold is on it."),
        ),
    ]


def _of_the_room(room: Room | None, found: Stick) -> list[tuple[str, str, str]]:
    if room is None:
        return []
    if room.read_only:
        words = _("It can only be read: nothing can be put on it. Taking in from it works.")
        return [("lock", "warn", words)]
    sizes = {"left": _size(room.free), "needs": _size(found.needs)}
    if room.free < found.needs:
        words = _("What you hold needs %(needs)s and %(left)s is left on it: not all of it fits.")
        return [("usb", "warn", words % sizes)]
    words = _("Room left on it: %(left)s.")
    if found.lacking:
        words = _("Room left on it: %(left)s. What you can put on it needs %(needs)s.")
    return [("usb", "neutral", words % sizes)]


def _size(size: int) -> str:
    """Return a number of bytes in words."""
    if size < 1 << 20:
        return _("%(n)d KB") % {"n": max(1, size >> 10) if size else 0}
    if size < 1 << 30:
        return _("%(n)d MB") % {"n": size >> 20}
    return _("%(n).1f GB") % {"n": size / (1 << 30)}


def _moment(at_ms: int, today: date) -> str:
    return say_moment(local(at_ms).isoformat(timespec="minutes"), today)

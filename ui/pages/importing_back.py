# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Taking back a bundle that was taken in by mistake: which, what it would do, why, and done.

Rules, each with a test:

* What goes back and what stays is said first; nothing changes until a reason is given.
* The reason is drafted as it is typed (`importing_reason`).
* Nothing is thrown away: what is taken back stays readable as withdrawn, and everybody gets it as
  a change of whoever took it back.
* Clients are named by their reference alone, and that is written down; names are one key further.
"""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.casework import audience as audiences
from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.calendar_words import say_moment
from desktop_app.casework.forms import form, forms
from desktop_app.casework.records import NO_CLIENT, WITHDRAWN, Edit
from desktop_app.casework.reference import reference
from desktop_app.casework.words import _, ngettext
from storage.store import Saved, Store
from sync.crossed import Crossed, crossed
from sync.outcome import counted, items_in_words
from sync.undoing import Lately, Left, Undoing, lately, undoing
from ui.clock import local
from ui.kit.buttons import HANG, button
from ui.kit.card import Card, across, clear, down, holding, stopping
from ui.kit.empty import Empty
from ui.kit.labels import Disc, IconMark, Line, Part, Rule, label
from ui.kit.notice import Notice
from ui.kit.section_rule import SectionRule
from ui.pages.importing_cards import line
from ui.pages.importing_crossed import CrossedList, shown_of
from ui.pages.importing_reason import TAKING_BACK, AskWhy
from ui.places import Place
from ui.session import Session
from ui.theme import SEMI
from ui.tokens import XS, M, S

MOST = 8
"""How many altered records are named one by one."""


class TakingBack(QWidget):
    """The bundles taken in lately, and one of them on its way back.

    Signals:
        done: what to say, once a bundle was taken back.
        closed: it was left.
        go: a `Place` to be taken to.
    """

    done = Signal(str)
    closed = Signal()
    go = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._chosen: Lately | None = None
        self.why: AskWhy | None = None
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)

    def start(self) -> None:
        """List what was taken in lately."""
        self._chosen = None
        self._session.ask(
            lambda store: (lately(store), crossed(store)),
            self.show_list,
            shows=lambda found: shown_of(found[1]),
            owner=self,
            name="lately",
        )

    def choose(self, one: Lately) -> None:
        """Say what taking a bundle back would do."""
        self._chosen = one
        feed, seq = one.feed, one.seq
        self._session.ask(
            lambda store: undoing(store, feed, seq, reason=""),
            self._show_plan,
            shows=_shown,
            owner=self,
            name="plan",
        )

    def take_back(self) -> None:
        """Take it back, once it was said why."""
        one, session, why = self._chosen, self._session, self.why
        if one is None or why is None:
            return
        reason = why.given(_("Say why it is taken back. Nothing was changed."))
        if not reason:
            return
        now_ms = session.clock.now_ms()

        def save(store: Store) -> Saved:
            edits = undoing(store, one.feed, one.seq, reason=reason).edits
            return store.save([*edits, *session.alterations(store, edits)], now_ms=now_ms)

        def saved(result: Saved) -> None:
            why.drafting.drop()
            session.changed.emit(result.touched)
            self.done.emit(
                _("Bundle %(n)d from %(who)s was taken back. The others learn it when you share.")
                % {"n": one.seq, "who": one.brought.author.words}
            )

        session.work(save, saved, owner=self)

    def _fill(self, widget: QWidget) -> None:
        clear(self._body)
        self._body.addWidget(widget)
        widget.show()  # or it could not take the keyboard yet

    def show_list(self, found: tuple[Sequence[Lately], Sequence[Crossed]]) -> None:
        """Show what was withdrawn while somebody wrote on it, and what was taken in lately."""
        card = Card(_("Taken in lately"), role="h3", gap=S)
        brought = [one for one in found[0] if counted([one.brought.items])]
        rows = down(gap=S)
        if found[1]:
            rows.addWidget(CrossedList(self._session, found[1], self.done.emit))
            rows.addWidget(SectionRule(_("Bundles")))
        for at, one in enumerate(brought):
            if at:
                rows.addWidget(Rule())
            rows.addWidget(self._row(one))
        rows.addStretch(1)
        none = Empty(
            "inbox",
            _("The bundles you took in will stand here"),
            why=_("One that came by mistake can be taken back."),
        )
        said = stopping(holding(rows), _("Taken in lately")) if brought or found[1] else none
        card.add(said, 1)
        leave = button(_("&Back"), "quiet", icon="arrow-left")
        leave.clicked.connect(self.closed)
        card.add(across(leave, None, margins=(-HANG, S, 0, 0)))
        self._fill(card)
        (card.findChildren(type(leave))[0] if brought or found[1] else leave).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def _row(self, one: Lately) -> QWidget:
        brought = one.brought
        sealed = local(brought.at).isoformat(timespec="minutes")
        words = down(
            Line(
                [
                    Part(brought.author.laptop, weight=SEMI),
                    Part(f"  {brought.author.person}", "muted"),
                ]
            ),
            label(
                f"{_('No.')} {brought.seq} · {say_moment(sealed, self._session.today())} · "
                f"{items_in_words(counted([brought.items]))}",
                "small",
                tone="muted",
                wrap=True,
            ),
            gap=1,
        )
        back = button(
            _("Take back…"),
            small=True,
            icon="undo-2",
            name=_("Take back bundle %(n)d from %(who)s")
            % {"n": brought.seq, "who": brought.author.words},
        )
        back.clicked.connect(lambda: self.choose(one))
        row = across(Disc("laptop", "info"), holding(words), back, gap=M, margins=(0, XS, 0, XS))
        row.setStretch(1, 1)
        return holding(row)

    def _show_plan(self, plan: Undoing) -> None:
        one = self._chosen
        if one is None:
            return
        title = _("Take back bundle %(n)d from %(who)s") % {
            "n": one.seq,
            "who": one.brought.author.words,
        }
        card = Card(title, role="h3", gap=S)
        card.add(stopping(holding(self._does(plan)), title), 1)
        if plan.edits:
            self.why = self._asked(one)
            card.add(across(self.why, margins=(0, S, 0, 0)))
        card.add(self._foot(bool(plan.edits)))
        self._fill(card)
        first = self.why.field if plan.edits and self.why else self._leave
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _does(self, plan: Undoing) -> QVBoxLayout:
        """Return what goes back and what stays."""
        rows = down(gap=S)
        if plan.edits:
            rows.addWidget(
                SectionRule(_("What goes back"), end=_("It stays readable, as withdrawn"))
            )
            for words in _going(plan.edits):
                rows.addWidget(line("undo-2", "info", words))
        else:
            none = _("Nothing of it can be taken back. Why stands below.")
            rows.addWidget(Notice(none, "neutral"))
        if plan.left or plan.unread:
            rows.addWidget(SectionRule(_("What stays"), end=_("Nobody's later work is undone")))
            for left in plan.left:
                rows.addWidget(self._stays(left))
            if plan.unread:
                unread = ", ".join(map(audiences.title, sorted(plan.unread)))
                said = _("%(who)s: you may not read it, so it stays.") % {"who": unread}
                rows.addWidget(line("eye-off", "neutral", said))
        rows.addStretch(1)
        return rows

    def _asked(self, one: Lately) -> AskWhy:
        why = AskWhy(
            self._session,
            TAKING_BACK,
            one.feed.to_bytes(8, "big") + one.seq.to_bytes(4, "big"),
            asks=_("&Why it is taken back"),
            hint=_("Everybody who may read them sees this."),
        )
        why.field.returnPressed.connect(self.take_back)
        return why

    def _foot(self, acts: bool) -> QHBoxLayout:  # noqa: FBT001  one caller, above
        self._leave = button(_("&Not now"), "quiet")
        self._leave.clicked.connect(self.start)
        self.act = button(_("&Take it back"), "primary", icon="undo-2")
        self.act.clicked.connect(self.take_back)
        if not acts:
            self.act.hide()
        return across(self._leave, None, self.act, margins=(-HANG, S, 0, 0))

    def _stays(self, left: Left) -> QWidget:
        known = forms().get(left.form)
        kind = _(known.title) if known else _("Of a newer kind of form")
        about = f"{kind}, {reference(left.client)}" if left.client else kind
        words = f"{about}. {left.why.words}"
        row = across(IconMark("lock", "neutral"), label(words, wrap=True), gap=S)
        row.setStretch(1, 1)
        if left.client:
            show = button(
                _("Open"), small=True, name=_("Open %(ref)s") % {"ref": reference(left.client)}
            )
            show.clicked.connect(lambda: self.go.emit(Place("client", left.client)))
            row.addWidget(show)
        return holding(row)


def _shown(plan: Undoing) -> Sight | None:
    """Return whose references the plan shows, for the audit."""
    altered = [one.client for one in plan.edits if WITHDRAWN not in one.answers]
    clients = {*(left.client for left in plan.left), *altered} - {NO_CLIENT}
    return sight("sharing", clients=sorted(clients)) if clients else None


def _going(edits: Sequence[Edit]) -> list[str]:
    """Return what goes back in words: withdrawn records by form, and each that is altered."""
    gone = Counter(one.form for one in edits if WITHDRAWN in one.answers)
    said = [_("Withdrawn: %(what)s") % {"what": items_in_words(gone)}] if gone else []
    altered = [one for one in edits if WITHDRAWN not in one.answers]
    said += [_altered(one) for one in altered[:MOST]]
    more = len(altered) - MOST
    if more > 0:
        said.append(
            ngettext("and %(n)d more record like it", "and %(n)d more records like it", more)
            % {"n": more}
        )
    return said


def _altered(edit: Edit) -> str:
    """Return which answers of a record go back to what they were, by the words of its form."""
    known = form(edit.form)
    asked = [_(one.label) for one in known.field if one.name in edit.answers]
    about = f", {reference(edit.client)}" if edit.client else ""
    return _("%(record)s: %(fields)s, as it was before") % {
        "record": _(known.title) + about,
        "fields": ", ".join(asked) or _("answers of a newer form"),
    }

# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Who is in the team: a line for each person, a line for each of their laptops, and one lost.

Rules, each with a test:

* Only a coordinator's laptop takes another out, and never itself.
* Before a laptop is taken out it is said what it held, what it can still do, what counts of its
  work, and who has to make a new key.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from desktop_app.casework import audience as audiences
from desktop_app.casework.calendar_words import say_moment
from desktop_app.casework.letters import set_apart
from desktop_app.casework.people import Device, Person, Team
from desktop_app.casework.words import _, ngettext
from sync.roster import Laptop
from ui.clock import local
from ui.kit.buttons import HANG, Button, button
from ui.kit.card import Card, across, down, ground, holding
from ui.kit.chip import Chip
from ui.kit.labels import Disc, IconMark, Rule, label
from ui.kit.notice import Notice
from ui.kit.person_tile import initials
from ui.pages.team_change import Question
from ui.pages.team_phone import Ringing
from ui.theme import SEMI
from ui.tokens import M, S

TakeOut = Callable[[Device], None]
Change = Callable[[Person], None]


def people_card(
    team: Team,
    *,
    mine: str,
    take_out: TakeOut | None = None,
    change: Change | None = None,
    fixed: Collection[str] = (),
    ringing: Ringing | None = None,
) -> Card:
    """Return the card of who is in the team.

    Args:
        team: the team.
        mine: the laptop this is.
        take_out: gets the laptop somebody wants out; None for whoever may take none out.
        change: gets the person whose work changes; None for whoever may change nobody's.
        fixed: ids of the people whose work is not changed here.
        ringing: at which numbers they are rung at work.
    """
    active = [one for one in team.persons.values() if one.active]
    count = ngettext("%(n)d person", "%(n)d people", len(active)) % {"n": len(active)}
    card = Card(_("Who is in the team"), corner=label(count, tone="muted"), role="h3", gap=S)
    card.let_stop()
    for at, person in enumerate(sorted(active, key=lambda one: one.name)):
        if at:
            card.add(Rule())
        rung = ringing.line(person, team) if ringing is not None else None
        row = _person(team, person, mine=mine, take_out=take_out, rung=rung)
        if change is not None and person.id not in fixed:
            row.addWidget(_change_button(person, change))
        made = ground("bar", row)
        made.setAccessibleName(f"{person.name}. {_about(person)}")
        card.add(made)
    if len(active) == 1:
        words = _("You are the only one so far. Invite somebody: you compare six words aloud.")
        card.add(Notice(words, "neutral"))
    return card


def _person(
    team: Team, person: Person, *, mine: str, take_out: TakeOut | None, rung: QWidget | None
) -> QHBoxLayout:
    laptops = [one for one in team.devices.values() if one.person == person.id and one.active]
    lines = [_laptop(one, person, None if one.id == mine else take_out) for one in laptops]
    words = down(
        label(person.name, weight=SEMI),
        label(_about(person), "small", tone="muted"),
        *([rung] if rung is not None else []),
        *(lines or [label(_("No laptop in the team"), "small", tone="muted")]),
        gap=1,
    )
    disc = Disc(letters=initials(person.name), tone="info", size=34)
    row = across(disc, holding(words), gap=M)
    row.setStretch(1, 1)
    for audience in audiences.AUDIENCES:
        if audience in person.audiences:
            row.addWidget(Chip(audiences.title(audience), "neutral", icon="eye"))
    return row


def _about(person: Person) -> str:
    return " · ".join(part for part in (person.role_title, person.agency) if part)


def _change_button(person: Person, change: Change) -> Button:
    words = _("%(who)s: other work, or leaving") % {"who": person.name}
    press = button(_("Change…"), small=True, name=words)
    press.clicked.connect(lambda: change(person))
    return press


def _laptop(laptop: Device, person: Person, take_out: TakeOut | None) -> QWidget:
    named = label(laptop.name, "small", tone="muted")
    if take_out is None:
        return named
    words = _("%(laptop)s of %(who)s: lost, or handed back") % {
        "laptop": laptop.name,
        "who": person.name,
    }
    lost = button(_("Lost or handed back…"), "link", small=True, name=words)
    lost.clicked.connect(lambda: take_out(laptop))
    return holding(across(named, lost, None, gap=S))


def lead_card(
    team: Team,
    waiting: Sequence[tuple[str, Laptop]],
    stale: Sequence[str],
    *,
    let_in: Callable[[str, Laptop], None],
    renew: Callable[[str], None],
) -> Card:
    """Return the card of what waits for a lead: laptops to let in, keys to make anew."""
    card = Card(_("Waiting for you as lead"), role="h3", gap=S)
    for audience, laptop in waiting:
        words = _("%(who)s on %(laptop)s may hold: %(what)s") % {
            "who": team.name_of(laptop.person),
            "laptop": laptop.name,
            "what": audiences.title(audience),
        }
        let = button(_("&Let in"), icon="key-round", small=True, name=words)
        let.clicked.connect(lambda _on=False, one=audience, its=laptop: let_in(one, its))
        card.add(_act("key-round", "info", words, let))
    for audience in stale:
        words = _("A laptop that is no longer in the team still knows the key of: %(what)s.") % {
            "what": audiences.title(audience)
        }
        make = button(_("Make a new &key"), icon="shield", small=True, name=words)
        make.clicked.connect(lambda _on=False, one=audience: renew(one))
        card.add(_act("circle-alert", "warn", words, make))
    return card


def no_lead_card(
    team: Team,
    without: Sequence[tuple[str, Sequence[Laptop]]],
    name_lead: Callable[[str, Laptop], None],
) -> Card:
    """Return the card of audiences whose lead is gone, and who could lead them."""
    card = Card(_("Without a lead"), role="h3", gap=S)
    for audience, laptops in without:
        what = {"what": audiences.title(audience)}
        said = _("Nobody leads these any more, so nobody new can read them: %(what)s.") % what
        if not laptops:
            said = f"{said} " + _("The next laptop let in for somebody who may read them leads.")
        card.add(_act("circle-alert", "warn", said))
        for laptop in laptops:
            words = _("%(who)s, on %(laptop)s") % {
                "who": team.name_of(laptop.person),
                "laptop": set_apart(laptop.name),
            }
            name = _("Let %(who)s lead: %(what)s") % {"who": words, **what}
            lead = button(_("&Let them lead"), icon="key-round", small=True, name=name)
            lead.clicked.connect(lambda _on=False, one=audience, its=laptop: name_lead(one, its))
            card.add(_act("user", "info", words, lead))
    if any(laptops for _audience, laptops in without):
        hint = _(
            "Choose somebody who reads these records now. Whoever does not yet begins with a new "
            "key: what was written before stays closed to them."
        )
        card.add(label(hint, "small", tone="muted", wrap=True))
    return card


def _act(icon: str, tone: str, words: str, press: Button | None = None) -> QLayout:
    buttons = [press] if press else []
    row = across(IconMark(icon, tone), label(words, wrap=True), *buttons, gap=S)
    row.setStretch(1, 1)
    return row


class TakingOut(Question):
    """What follows when a laptop is taken out, and the two buttons.

    Signals:
        wanted: take it out.
    """

    wanted = Signal()

    def __init__(
        self, team: Team, laptop: Device, *, heard_ms: int, led: Sequence[str], today: date
    ) -> None:
        """Make the card.

        Args:
            team: the team.
            laptop: the one to be taken out.
            heard_ms: when its latest work that arrived was sealed, UTC milliseconds; 0 for never.
            led: the audiences whose keys are renewed at once.
            today: the day.
        """
        name = set_apart(laptop.name)
        super().__init__(_("Take %(laptop)s out of the team?") % {"laptop": name}, role="h3", gap=S)
        self.laptop = laptop
        person = team.persons[laptop.person]
        when = _("Nothing was heard from it yet.")
        if heard_ms:
            moment = say_moment(local(heard_ms).isoformat(timespec="minutes"), today)
            when = _("Last heard from: %(when)s.") % {"when": moment}
        lines = [("laptop", f"{team.name_of(person.id)}. {when}"), *_follows(person, led)]
        for icon, words in lines:
            row = across(IconMark(icon, "info"), label(words, wrap=True), gap=S)
            row.setStretch(1, 1)
            row.setAlignment(Qt.AlignmentFlag.AlignTop)
            self.add(row)
        out = button(_("Take it &out"), "danger", icon="user-x")
        self.keep = button(_("&Leave it in"))
        out.clicked.connect(self.wanted)
        self.keep.clicked.connect(self.left)
        self.more = button(_("It is lost: all on one pa&ge…"), "quiet", icon="life-buoy")
        self.add(across(out, self.keep, None, self.more, gap=S, margins=(0, 0, -HANG, 0)))
        self.setFocusProxy(self.keep)


def _follows(person: Person, led: Sequence[str]) -> list[tuple[str, str]]:
    """Return what follows, as icons and sentences."""
    held = [one for one in audiences.AUDIENCES if one in person.audiences]
    others = [one for one in held if one not in led]
    said = [
        (
            "eye",
            _(
                "It holds, up to its last sharing: %(what)s. Without its passphrase nobody can "
                "read that; whoever has the words as well can. It cannot be fetched back."
            )
            % {"what": _listed(held)},
        ),
        (
            "key-round",
            _(
                "It reads nothing that is shared from now on: the others get new keys when they "
                "next share."
            ),
        ),
    ]
    if others:
        words = _(
            "Whoever else leads these makes a new key, on their own Team page: %(what)s. Where "
            "nobody does, this page says so."
        )
        said.append(("users", words % {"what": _listed(others)}))
    said += [
        (
            "inbox",
            _(
                "What has reached you from it stays. What it has shared since does not count any "
                "more: share first, if there may be something."
            ),
        ),
        ("undo-2", _("This is not undone. If the laptop is found, it asks to join again.")),
    ]
    return said


def _listed(some: Sequence[str]) -> str:
    return ", ".join(audiences.title(one) for one in some)

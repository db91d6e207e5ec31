# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What can be done on Keepers, each as its steps in order.

Rules, each with a test:

* The papers come to count together, once two words of each were asked back; until then nothing
  has changed, and leaving makes what was printed worthless.
* Every way ends at the same step: what is decided in sentences, and a keeper's words.
"""

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.letters import seen, set_apart
from desktop_app.casework.people import Role
from desktop_app.casework.words import _
from storage.store import Store
from sync import acts, deciding
from sync.act_words import in_words
from sync.acts import Act
from sync.circle import may_enter
from sync.deciding import Former
from sync.envelope import LARGEST, Signed
from sync.rivals import Rivals, combined
from sync.roster import Roster
from ui.pages.client_taking_out import NotWritten, write_out
from ui.pages.keepers_facts import KeepersFacts, keepers_facts, still_missing
from ui.pages.keepers_steps import Choices, SignStep, Successor, WhichList, who_keeps
from ui.pages.paper_steps import Keeper, NewPaper
from ui.pages.stepping import SteppedPage

if TYPE_CHECKING:
    from ui.pages.keepers import KeepersPage

Paper = tuple[str, bytes, str]


def papers(page: "KeepersPage") -> None:
    """Make or replace the three papers."""
    step = who_keeps(page.facts.keepers)

    def go_on() -> None:
        names = list(step.answers().values())
        _next_paper(page, names, [])

    step.forward.connect(go_on)
    page.open_step(step)


def _next_paper(page: "KeepersPage", names: list[str], made: list[Paper]) -> None:
    """Make the next paper; after the last, let all of them count."""
    if len(made) == len(names):
        _let_count(page, made)
        return
    keeper = Keeper(len(made) + 1, names[len(made)])
    team, day = page.session.team.name, page.session.clock.today()
    paper = NewPaper(page, page.dialogs, team=team, laptop="", day=day, keeper=keeper)

    def done(public: bytes) -> None:
        _next_paper(page, names, [*made, (" ".join(paper.words), public, keeper.name)])

    paper.shown.connect(page.open_step)
    paper.done.connect(done)
    paper.begin()


def _let_count(page: "KeepersPage", made: list[Paper]) -> None:
    now_ms = page.session.clock.now_ms()

    def job(store: Store, _said: object, _stopped: object) -> Act | None:
        return deciding.make_papers(store, made, now_ms=now_ms, random=os.urandom)

    words = _(
        "The three papers count from now on. Hand each to its keeper, delete the files, and share, "
        "so that the others learn it."
    )
    page.work(_("Letting the papers count"), job, lambda act: _after(page, act, words))


def coordinator(page: "KeepersPage") -> None:
    """Name another coordinator."""
    roster = page.facts.roster
    if roster is None:
        return
    now = [one for one in roster.devices if one.id in roster.coordinators]
    step = Successor(
        laptops_of(page, roster),
        set_apart(", ".join(page.session.team.name_of(one.person) for one in now)),
        mine=page.facts.mine.hex(),
        roles=frozenset(
            role
            for one in now
            for role in roster.roles_at(one.person, roster.n)
            if role is not Role.COORDINATOR
        ),
        leaderless={one: deciding.left_without_lead(roster, one) for one in Former},
        may_lead={
            audience: [
                one for one in laptops_of(page, roster) if one[0] in _who_may(roster, audience)
            ]
            for audience in deciding.left_without_lead(roster, Former.GONE)
        },
        planned=page.facts.mine in roster.coordinators,
    )

    def go_on() -> None:
        device, former, roles, leads = step.chosen()
        now_ms = page.session.clock.now_ms()

        def job(store: Store, _said: object, _stopped: object) -> Act | None:
            return deciding.hand_over(
                store, device, former, roles=roles, leads=leads, now_ms=now_ms, random=os.urandom
            )

        words = _("It is decided. Share now: the others learn it when they share.")
        page.work(_("Preparing it"), job, lambda act: _after(page, act, words))

    step.forward.connect(go_on)
    page.open_step(step)


def sign(page: "KeepersPage") -> None:
    """Let a keeper sign what waits."""
    waits = page.facts.waits
    if waits is None:
        return
    step = SignStep(
        waits.decides,
        waits.signed,
        still_missing(waits.missing),
        strange=waits.strange,
        practice=page.practice,
    )
    step.later.connect(lambda: page.end(_("It waits here until a keeper signs.")))
    step.elsewhere.connect(lambda: carry(page))

    def go_on() -> None:
        words, now_ms = step.taken(), page.session.clock.now_ms()

        def job(store: Store, _said: object, _stopped: object) -> Act | None:
            return acts.sign(store, words, now_ms=now_ms, random=os.urandom)

        said = _("It is decided. Share now: the others learn it when they share.")
        page.work(_("Signing"), job, lambda act: _after(page, act, said))

    step.forward.connect(go_on)
    page.open_step(step)


def carry(page: "KeepersPage") -> None:
    """Take what waits to another laptop, as a file."""
    place = page.dialogs.save_file(_("Where it goes"), suggest="keepers.tandem")
    if place is None:
        return

    def job(store: Store, _said: object, _stopped: object) -> str:
        if place.exists():
            raise NotWritten(_("There is a file of this name already. Choose another name."))
        write_out(place, acts.to_carry(store, random=os.urandom))
        return place.name

    page.work(
        _("Writing the file"),
        job,
        lambda name: page.end(
            _(
                "The file is there: %(name)s. On the other laptop: Team, Keepers, Go on with a "
                "file. It says nothing to anybody outside the team."
            )
            % {"name": name}
        ),
    )


def take_up(page: "KeepersPage") -> None:
    """Go on with what was prepared at another laptop."""
    place = page.dialogs.open_file(_("The file from the other laptop"))
    if place is None:
        return
    now_ms = page.session.clock.now_ms()

    def job(store: Store, _said: object, _stopped: object) -> Act | None:
        try:
            with place.open("rb") as file:
                raw = file.read(LARGEST + 9)
        except OSError:
            raise CaseworkError(_("The file cannot be read. Nothing was changed.")) from None
        return acts.take_up(store, raw, now_ms=now_ms, random=os.urandom)

    said = _("It is decided. Share now: the others learn it when they share.")
    page.work(_("Reading the file"), job, lambda act: _after(page, act, said))


def give_up(page: "KeepersPage") -> None:
    """Forget what waits."""
    page.work(
        _("Giving it up"),
        lambda store, _said, _stopped: acts.give_up(store),
        lambda _none: page.end(_("It was given up. Nothing was changed by it.")),
    )


def settle(page: "KeepersPage") -> None:
    """Decide which of two lists let people in."""
    found = page.facts.rivals
    if found is None:
        return
    step = WhichList(
        [(_adds_and_takes(found.base, one), _adds(found, at)) for at, one in enumerate(found.lists)]
    )

    def go_on() -> None:
        chosen, now_ms = step.chosen(), page.session.clock.now_ms()

        def job(store: Store, _said: object, _stopped: object) -> Act | None:
            return deciding.settle(store, chosen, now_ms=now_ms, random=os.urandom)

        said = _("It is decided. Share now: the others learn it when they share.")
        page.work(_("Preparing it"), job, lambda act: _after(page, act, said))

    step.forward.connect(go_on)
    page.open_step(step)


def differences(found: Rivals) -> list[str]:
    """Return what each of two lists changes, a sentence each."""
    return [
        _("List %(n)d: %(what)s") % {"n": n, "what": " ".join(_adds_and_takes(found.base, one))}
        for n, one in enumerate(found.lists, start=1)
    ]


def _adds(found: Rivals, at: int) -> bool:
    """Say whether a list lets anybody in, or gives them more, that holds only if it was right."""
    without = combined(found.base, found.lists)
    added = combined(found.base, found.lists, [at])
    return (without.persons, without.devices) != (added.persons, added.devices)


def _adds_and_takes(base: Roster, one: Roster) -> list[str]:
    return in_words(Act(Signed(b"", []), base, one)) or [_("It changes nothing by itself.")]


def _after(page: "KeepersPage", act: Act | None, words: str) -> None:
    """Go on to the keepers' words, or say that it counts."""
    if act is None:
        page.session.refresh_team()
        page.end(words)
        return

    def show(facts: KeepersFacts) -> None:
        page.facts = facts
        while page.steps.currentIndex():
            page.back()
        sign(page)

    page.session.work(keepers_facts, show, owner=page)


def laptops_of(page: "SteppedPage", roster: Roster) -> Choices:
    """Return the laptops that could coordinate, by the names of their people."""
    team = page.session.team
    found = [
        (
            one.id.hex(),
            _("%(who)s on %(laptop)s")
            % {"who": team.name_of(one.person), "laptop": set_apart(seen(one.name))},
        )
        for one in roster.devices
        if one.active and one.id not in roster.coordinators
    ]
    return sorted(found, key=lambda one: one[1])


def _who_may(roster: Roster, audience: str) -> set[str]:
    return {one.id.hex() for one in may_enter(roster, audience)}


BEGIN: Mapping[str, Callable[["KeepersPage"], None]] = {
    "papers": papers,
    "coordinator": coordinator,
    "sign": sign,
    "carry": carry,
    "take_up": take_up,
    "give_up": give_up,
    "settle": settle,
}

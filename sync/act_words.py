# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What an act of the keepers would change, in words: read from the list itself, and all of it.

Rules, each with a test:

* Every difference between the list that counts and the one to be signed is a sentence.
* A difference nobody has found words for yet is said to be one, so that it is not signed.
"""

from collections.abc import Iterable, Iterator

import msgspec

from desktop_app.casework import audience as audiences
from desktop_app.casework.letters import seen, set_apart
from desktop_app.casework.people import Role
from desktop_app.casework.words import _, ngettext
from sync.acts import Act
from sync.roster import LED_BY_COORDINATOR, Member, Roster


def in_words(act: Act) -> list[str]:
    """Return what an act would change."""
    before, after = act.before, act.after
    return [
        *_coordinators(before, after),
        *_people(before, after),
        *_laptops(before, after),
        *_leads(before, after),
        *_papers(before, after),
        *_rest(before, after),
    ]


def strange(act: Act) -> bool:
    """Say whether something would change that stands in no sentence."""
    before, after = act.before, act.after
    told = msgspec.structs.replace(
        before,
        team=after.team,
        n=after.n,
        prev=after.prev,
        ts=after.ts,
        root=after.root,
        threshold=after.threshold,
        keepers=after.keepers,
        recovery=after.recovery,
        coordinators=after.coordinators,
        circles=after.circles,
        leads=after.leads,
        persons=after.persons,
        devices=after.devices,
        cutoffs=after.cutoffs,
        also=after.also,
        team_keys=after.team_keys,
    )
    if after.also:  # lists that parted may each have given up bundles, or ruled on some
        told = msgspec.structs.replace(told, waivers=after.waivers, rulings=after.rulings)
    renamed = any(
        (was := before.device(one.id)) is not None and was.name != one.name for one in after.devices
    )
    return renamed or told != after


def keeper_of(roster: Roster, public: bytes) -> str:
    """Return who keeps a paper, as far as that was written down."""
    names = dict(zip(roster.root, roster.keepers, strict=False))
    return set_apart(seen(names.get(public, ""))) or _("a keeper")


def listed(some: Iterable[str]) -> str:
    """Return names one after another."""
    return ", ".join(some)


def _coordinators(before: Roster, after: Roster) -> Iterator[str]:
    for one in after.coordinators:
        if one not in before.coordinators:
            yield _("%(who)s coordinates the team.") % {"who": _where(after, one)}
    for one in before.coordinators:
        if one not in after.coordinators:
            yield _("%(who)s coordinates it no longer.") % {"who": _where(after, one)}


def _people(before: Roster, after: Roster) -> Iterator[str]:
    for person in after.persons:
        was, who = before.person(person.id), set_apart(seen(person.name))
        if was is None:
            yield _("%(who)s comes into the team.") % {"who": who}
            was = msgspec.structs.replace(person, roles=(), audiences=())
        elif was.active and not person.active:
            yield _("%(who)s has left the team.") % {"who": who}
            continue
        elif (was.name, was.agency) != (person.name, person.agency):
            yield _("%(was)s is called from now on: %(who)s, %(agency)s.") % {
                "was": set_apart(seen(was.name)),
                "who": who,
                "agency": seen(person.agency),
            }
        yield from _work(before, after, was, person, who)


def _work(before: Roster, after: Roster, was: Member, person: Member, who: str) -> Iterator[str]:
    did, does = before.roles_at(person.id, before.n), after.roles_at(person.id, after.n)
    roles = listed(role.words for role in Role if role in does) or _("no work in the team")
    held = [audiences.title(one) for one in audiences.AUDIENCES if one in person.audiences]
    words = {"who": who, "work": roles, "what": listed(held) or _("nothing")}
    if did != does:
        yield _("%(who)s, from now on: %(work)s. May read: %(what)s.") % words
    elif set(was.audiences) != set(person.audiences):
        yield _("%(who)s may read from now on: %(what)s.") % words
    if person.active and not was.active:
        yield _("%(who)s is back in the team.") % {"who": who}


def _laptops(before: Roster, after: Roster) -> Iterator[str]:
    for laptop in after.devices:
        was = before.device(laptop.id)
        words = {"laptop": _where(after, laptop.id)}
        if laptop.active and (was is None or not was.active):
            yield _("In the team from now on: %(laptop)s.") % words
        elif was is not None and was.active and not laptop.active:
            yield _("Out of the team: %(laptop)s. It reads nothing new.") % words
    gone = [one for one in before.devices if after.device(one.id) is None]
    for laptop in gone:
        yield _("Not in the team any more: %(laptop)s.") % {"laptop": _where(before, laptop.id)}


def _leads(before: Roster, after: Roster) -> Iterator[str]:
    for audience in sorted({*before.leads, *after.leads}):
        was, are = before.leads.get(audience, ()), after.leads.get(audience, ())
        led = {"what": audiences.title(audience)}
        for one in are:
            by_the_way = audience in LED_BY_COORDINATOR and one in after.coordinators
            if one not in was and not by_the_way:
                yield _("%(who)s leads: %(what)s.") % {"who": _where(after, one), **led}
        for one in was:
            by_the_way = audience in LED_BY_COORDINATOR and one in before.coordinators
            if one not in are and not by_the_way:
                yield _("%(who)s leads no longer: %(what)s.") % {"who": _where(after, one), **led}


def _papers(before: Roster, after: Roster) -> Iterator[str]:
    if (before.root, before.threshold) != (after.root, after.threshold):
        yield ngettext(
            "%(n)d new paper decides from now on, %(enough)d of them together: %(who)s.",
            "%(n)d new papers decide from now on, %(enough)d of them together: %(who)s.",
            len(after.root),
        ) % {
            "n": len(after.root),
            "enough": after.threshold,
            "who": listed(keeper_of(after, one) for one in after.root),
        }
        if before.keepers:
            yield _("The papers kept until now sign nothing any more.")
    if before.recovery != after.recovery:
        yield _("New recovery words open every casebook of the team, and the old ones no longer.")


def _rest(before: Roster, after: Roster) -> Iterator[str]:
    if after.also:
        yield _("Of the two lists of people that stand side by side, this one counts.")
    ends = len([one for one in after.cutoffs if one not in before.cutoffs])
    if ends:
        yield ngettext(
            "What that laptop wrote counts as far as it had arrived where this was prepared; "
            "nothing later.",
            "What those %(n)d laptops wrote counts as far as it had arrived where this was "
            "prepared; nothing later.",
            ends,
        ) % {"n": ends}
    if any(one not in after.cutoffs for one in before.cutoffs):
        yield _("Work that came from a laptop after it was taken out counts after all.")


def _where(roster: Roster, device: bytes) -> str:
    laptop = roster.device(device)
    if laptop is None:
        return _("an unknown laptop")
    person = roster.person(laptop.person)
    words = {"who": set_apart(seen(person.name)) if person else _("Not known")}
    return _("%(who)s on %(laptop)s") % {**words, "laptop": set_apart(seen(laptop.name))}

# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A visit with what each of those who went has to tell of it.

A joint visit is one event with several accounts, each written and sealed by its own author. Rules,
each with a test:

* Accounts are never merged: each stands under its author's name, in the order they were written.
* A correction stands beside the account it corrects, never in its place; who corrects whose
  account is said.
* An account is sealed once its author has sealed it, or once it has left the laptop.
* What a visit still waits for is said honestly: an account this reader may not read is not called
  unwritten.
* When the accounts differ on whether the client was seen, both are shown and neither is picked.
* A visit that two recorded is one, with the accounts of both (see `one_visit`).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from desktop_app.casework import one_visit
from desktop_app.casework.forms import form
from desktop_app.casework.people import Person, Team
from desktop_app.casework.readings import read, read_all
from desktop_app.casework.records import Record
from desktop_app.casework.words import _

HAPPENED = one_visit.HAPPENED


@dataclass(frozen=True, slots=True)
class Visit:
    """What these rules need of a visit."""

    form: ClassVar[str] = "visit"
    record: Record
    at: datetime | None
    state: str
    kind: str
    place: str
    people: tuple[str, ...]
    outcome: str

    @property
    def joint(self) -> bool:
        """Say whether two of the team or more went, or will go."""
        return len(set(self.people)) > 1


@dataclass(frozen=True, slots=True)
class Account:
    """What these rules need of an account."""

    form: ClassVar[str] = "account"
    record: Record
    visit: bytes | None
    seen: str
    note: str
    promised: str
    corrects: bytes | None
    correction_reason: str


@dataclass(frozen=True, slots=True)
class Told:
    """One account with the corrections that follow it, earliest first."""

    account: Account
    sealed: bool
    corrections: tuple["Told", ...] = ()

    @property
    def author(self) -> str:
        """Return the person id of who wrote it."""
        return self.account.record.author

    @property
    def latest(self) -> Account:
        """Return the account as its own author last left it."""
        own = [one for one in self.corrections if one.author == self.author]
        return own[-1].account if own else self.account


@dataclass(frozen=True, slots=True)
class Encounter:
    """One visit and its accounts."""

    visit: Visit
    told: tuple[Told, ...]

    @property
    def accounts_differ(self) -> bool:
        """Say whether the accounts differ on whether the client was seen."""
        return len({one.latest.seen for one in self.told if one.latest.seen}) > 1

    @property
    def silent(self) -> tuple[str, ...]:
        """Return who went and whose account is not held here, in the order of the visit."""
        if self.visit.state not in HAPPENED:
            return ()
        authors = {one.author for one in self.told}
        return tuple(person for person in dict.fromkeys(self.visit.people) if person not in authors)


def encounters(records: Iterable[Record], *, unsent: Collection[bytes] = ()) -> list[Encounter]:
    """Return a client's visits with their accounts, latest first.

    Args:
        records: the client's records.
        unsent: ids of records that have not left this laptop: their accounts can still be edited.
    """
    held = list(records)
    to = one_visit.joined(held)
    told, events = _told(held, unsent, to), one_visit.whole(held, to)
    found = [Encounter(one, tuple(told.get(one.record.id, ()))) for one in read_all(Visit, events)]
    return sorted(
        found,
        key=lambda one: (one.visit.record.text("at"), one.visit.record.id),
        reverse=True,
    )


def encounter(
    visit: Record,
    accounts: Iterable[Record],
    *,
    unsent: Collection[bytes] = (),
    to: Mapping[bytes, bytes] | None = None,
) -> Encounter:
    """Return one visit with those of the accounts that are of it, or of a visit joined to it.

    Args:
        visit: the visit, speaking for those joined to it.
        accounts: any accounts.
        unsent: ids of records that have not left this laptop.
        to: which visits were joined to which.
    """
    told = _told(accounts, unsent, to or {})
    return Encounter(read(Visit, visit), tuple(told.get(visit.id, ())))


def waits_for(encounter: Encounter, me: Person, team: Team) -> list[str]:
    """Return a sentence for each account a visit waits for, as far as this reader can know."""
    mine = me.id in encounter.silent
    said = [_("You have not written your account yet.")] if mine else []
    shipped = form("account")
    sees_all = {shipped.audience, *shipped.narrow} <= me.audiences
    words = (
        _("%(name)s has not written an account yet.")
        if sees_all
        else _("No account by %(name)s that you may read has come.")
    )
    said += [words % {"name": team.name_of(one)} for one in encounter.silent if one != me.id]
    return said


def may_still_edit(told: Told, me: Person) -> bool:
    """Say whether somebody may still edit an account: their own, and not sealed."""
    return told.author == me.id and not told.sealed


def correction_words(correction: Told, corrected: Told, team: Team) -> str:
    """Return who corrected whose account, and why."""
    who = team.name_of(correction.author)
    why = correction.account.correction_reason
    if correction.author == corrected.author:
        said = _("Corrected by %(who)s: %(why)s") if why else _("Corrected by %(who)s")
        return said % {"who": who, "why": why}
    whose = team.name_of(corrected.author)
    said = (
        _("%(who)s sees it otherwise than %(whose)s: %(why)s")
        if why
        else _("%(who)s sees it otherwise than %(whose)s")
    )
    return said % {"who": who, "whose": whose, "why": why}


def _told(
    records: Iterable[Record], unsent: Collection[bytes], to: Mapping[bytes, bytes]
) -> Mapping[bytes, list[Told]]:
    """Return the first accounts of each visit, with what corrects them."""
    accounts = sorted(read_all(Account, records), key=lambda one: one.record.id)
    known = {one.record.id: one for one in accounts}
    following: dict[bytes, list[Told]] = {}
    first: dict[bytes, list[Account]] = {}
    for one in accounts:
        corrected = _first_of(one, known)
        if corrected is one:
            if one.visit is not None:
                first.setdefault(to.get(one.visit, one.visit), []).append(one)
        else:
            told = Told(one, _sealed(one.record, unsent))
            following.setdefault(corrected.record.id, []).append(told)
    return {
        visit: [
            Told(one, _sealed(one.record, unsent), tuple(following.get(one.record.id, ())))
            for one in ones
        ]
        for visit, ones in first.items()
    }


def _first_of(account: Account, known: Mapping[bytes, Account]) -> Account:
    """Return the account a chain of corrections goes back to.

    A chain that bites its own tail, which only a forged one can, ends at the earliest of them, so
    that no account is lost from the page.
    """
    been = {account.record.id: account}
    while account.corrects is not None and account.corrects in known:
        if account.corrects in been:
            return been[min(been)]
        account = known[account.corrects]
        been[account.record.id] = account
    return account


def _sealed(record: Record, unsent: Collection[bytes]) -> bool:
    return record.sealed_by_hand or record.id not in unsent

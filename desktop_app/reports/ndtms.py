# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A return in the shape of the national treatment monitoring system, and what it still lacks.

Rules, each with a test:

* A data set is a table in resources/ndtms, named for its letter: its columns in their order, what
  each is made of, and what an empty one says. What Tandem does not hold is empty, never made up.
* Of somebody who does not agree, only what the data set says is kept: that they said no. Of
  somebody who was not asked, nothing is sent.
* One line for each episode of treatment that was open in the time asked for.
* What somebody said of their last four weeks stands beside the episode it was asked in, where our
  question is the same measure as the column; elsewhere the column is empty (see `ndtms_outcome`).
* What is missing is a list of things to do, never a reason to hold the return back.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import StringIO
from typing import NamedTuple

import msgspec

from desktop_app.casework.codes import codes
from desktop_app.casework.dates import age
from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.intake import ADULT
from desktop_app.casework.names import full_name
from desktop_app.casework.outcomes import Filled
from desktop_app.casework.records import Record, RecordId, linked
from desktop_app.casework.reference import reference
from desktop_app.casework.words import _
from desktop_app.reports.ndtms_outcome import Outcome, in_columns, last_forms
from desktop_app.reports.table import harmless
from resources import folder

EARLIEST_BIRTH = 1902
_AGENCY = re.compile(r"^[A-Z0-9]{2,8}$")
_SECTOR = re.compile(r"^([A-Z]{1,2}\d[A-Z\d]?) ?(\d)[A-Z]{2}$", re.IGNORECASE)


class Dataset(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One version of the return.

    Attributes:
        letter: its name.
        columns: in their order.
        made_of: what a column is made of, where Tandem holds it; a name of `Spell`'s.
        codes: how an answer of ours is written, where our lists do not say it.
        empty: what an empty cell says.
        no_consent_keeps: the columns that keep their values of somebody who does not agree.
        outcome: which questions of ours are which columns of the outcomes profile.
    """

    letter: str
    columns: tuple[str, ...]
    made_of: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]]
    empty: str
    no_consent_keeps: tuple[str, ...]
    outcome: Outcome


class Lacks(NamedTuple):
    """Something a return still lacks of a client: whose, in words, and what to do about it."""

    client: RecordId
    name: str
    what: str


@dataclass(frozen=True, slots=True)
class Spell:
    """One episode of treatment, and what is held of whoever it is about.

    Attributes:
        client: their record.
        episode: its record.
        steps: into treatment, of this episode.
        consent: what they said last about national reporting; None where they were not asked.
        outcome: the last form on four weeks of this episode and this time; None where none is held.
    """

    client: Record
    episode: Record
    steps: tuple[Record, ...]
    consent: Record | None
    outcome: Filled | None = None

    @property
    def referred_on(self) -> str:
        """Return when they were referred, ISO; when they were accepted, where that is not known."""
        return self.step("referred") or self.episode.text("accepted_on")

    def step(self, code: str) -> str:
        """Return the day of the first such step, ISO; "" where there is none."""
        days = (one.text("happened_on") for one in self.steps if one.text("step") == code)
        return min(filter(None, days), default="")


@cache
def datasets() -> Mapping[str, Dataset]:
    """Return every version of the return, by its letter."""
    found = (
        msgspec.toml.decode(place.read_bytes(), type=Dataset)
        for place in sorted(folder("ndtms").iterdir(), key=lambda place: place.name)
        if place.name.endswith(".toml")
    )
    return {one.letter: one for one in found}


def spells(
    records: Iterable[Record], clients: Iterable[Record], since: date, until: date
) -> list[Spell]:
    """Return the episodes that were open in a time, by the client's name.

    Args:
        records: of the forms treatment, treatment_step, reporting_consent and outcome_form.
        clients: whoever these are about.
        since: first day of the time.
        until: its last day.
    """
    by_form: dict[str, list[Record]] = {}
    for one in records:
        if one.withdrawn is None:
            by_form.setdefault(one.form, []).append(one)
    asked: dict[RecordId, Record] = {}
    for one in sorted(by_form.get("reporting_consent", []), key=_asked):
        if one.text("agrees") in ("yes", "no"):
            asked[one.client] = one
    steps: dict[RecordId | None, list[Record]] = {}
    for one in by_form.get("treatment_step", []):
        steps.setdefault(linked(one.answers.get("episode")), []).append(one)
    known, treated = {one.id: one for one in clients}, by_form.get("treatment", [])
    filled = last_forms(by_form.get(Filled.form, []), treated, since, until)
    found = [
        Spell(
            *(known[one.client], one, tuple(steps.get(one.id, ()))),
            *(asked.get(one.client), filled.get(one.id)),
        )
        for one in treated
        if one.client in known and _open(one, since, until)
    ]
    return sorted(found, key=lambda one: (full_name(one.client.answers), one.episode.id))


def ndtms_table(dataset: Dataset, held: Sequence[Spell], *, agency: str) -> bytes:
    """Return the return as the bytes of a CSV file."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(dataset.columns)
    for spell in held:
        if spell.consent is not None:
            writer.writerow([harmless(one) for one in _row(dataset, spell, agency)])
    return text.getvalue().encode("utf-8")


def file_name(dataset: Dataset, agency: str, since: date, until: date) -> str:
    """Return what the file is called.

    Raises:
        NotAllowed: the agency's code is none.
    """
    if not _AGENCY.match(agency):
        raise NotAllowed(_("Give your agency's code: two to eight letters and figures."))
    return f"{agency}-{since:%Y%m%d}-{until:%Y%m%d}-TREAT-IN-{dataset.letter}.csv"


def lacks(held: Sequence[Spell], *, on: date) -> list[Lacks]:
    """Return what the return still lacks, client by client."""
    found: dict[tuple[RecordId, str], Lacks] = {}
    for spell in held:
        for words in _lacking(spell, on):
            name = full_name(spell.client.answers)
            found.setdefault((spell.client.id, words), Lacks(spell.client.id, name, words))
    return list(found.values())


def _lacking(spell: Spell, on: date) -> list[str]:
    client, referred = spell.client, spell.referred_on
    born, triaged = client.text("born"), spell.step("nurse_triage")
    whole = len(born) == len("1989-03-14")
    years = age(born, on) if whole else None
    checks = (
        (spell.consent is None, _("Ask whether they agree to national reporting.")),
        (not client.text("surname"), _("Surname.")),
        (not whole, _("The whole date of birth.")),
        (years is not None and years < ADULT, _("Date of birth: under 18.")),
        (whole and int(born[:4]) <= EARLIEST_BIRTH, _("Date of birth: too long ago.")),
        (whole and bool(referred) and born >= referred, _("Date of birth: after the referral.")),
        (client.text("gender") not in ("man", "woman"), _("Gender.")),
        (not referred, _("The day they were referred.")),
        (not triaged, _("The day the nurse saw them.")),
        ("" < triaged < referred, _("The nurse saw them before the referral.")),
    )
    return [words for wrong, words in checks if wrong]


def _asked(consent: Record) -> tuple[str, RecordId]:
    return consent.text("asked_on"), consent.id


def _open(episode: Record, since: date, until: date) -> bool:
    begun, ended = episode.text("accepted_on"), episode.text("ended_on")
    return bool(begun) and begun <= until.isoformat() and (not ended or ended >= since.isoformat())


def _row(dataset: Dataset, spell: Spell, agency: str) -> list[str]:
    made = _making(dataset, spell, agency)
    agrees = spell.consent is not None and spell.consent.text("agrees") == "yes"
    kept = dataset.columns if agrees else dataset.no_consent_keeps
    answered = in_columns(dataset.outcome, spell.outcome) if spell.outcome else {}
    row = []
    for column in dataset.columns:
        said = made.get(dataset.made_of.get(column, "")) or answered.get(column, "")
        row.append((said if column in kept else "") or dataset.empty)
    return row


def _making(dataset: Dataset, spell: Spell, agency: str) -> dict[str, str]:
    client, episode = spell.client, spell.episode

    def coded(list_name: str, code: str) -> str:
        return dataset.codes.get(list_name, {}).get(code, "")

    def outside(list_name: str, code: str) -> str:
        known = codes(list_name).find(code)
        return known.external if known else ""

    consent = spell.consent.text("agrees") if spell.consent is not None else ""
    started, outcome = spell.step("started"), spell.outcome
    sector = _SECTOR.match(client.text("postcode").strip())
    return {
        "agency": agency,
        "born": _day(client.text("born")),
        "client_id": client.id.hex()[-12:],
        "consent": coded("consent", consent),
        "end_reason": outside("treatment_end", episode.text("end_reason")),
        "ended_on": _day(episode.text("ended_on")),
        "episode_id": episode.id.hex()[-12:],
        "first_initial": client.text("forename").strip()[:1].upper(),
        "gender": coded("gender", client.text("gender")),
        "outcome_id": outcome.record.id.hex()[-12:] if outcome else "",
        "outcome_on": _day(outcome.record.text("filled_on")) if outcome else "",
        "postcode": f"{sector[1]} {sector[2]}".upper() if sector else "",
        "reference": reference(client.id),
        "referral": outside("referral_source", episode.text("referral")),
        "referred_on": _day(spell.referred_on),
        "started_ended_on": _day(episode.text("ended_on")) if started else "",
        "started_on": _day(started),
        "surname_initial": client.text("surname").strip()[:1].upper(),
        "triaged_on": _day(spell.step("nurse_triage")),
    }


def _day(iso: str) -> str:
    """Return a whole day as a return writes it; "" for anything less."""
    return f"{iso[8:]}/{iso[5:7]}/{iso[:4]}" if len(iso) == len("1989-03-14") else ""

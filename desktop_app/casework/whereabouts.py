# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Where a client is: the setting on a day, the spells they make, and the days until release.

Rules, each with a test:

* A setting lasts until the next one begins; of two that begin on one day the one made later counts
  (record ids sort by when they were made), the same on every laptop.
* Changing it ends nothing: no support, no key worker, no case. Nothing here can be asked to.
* Without any setting recorded, where a client is is not known; it is never taken for "at home".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_short
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Record
from desktop_app.casework.words import _, ngettext

CUSTODY = frozenset({"police_custody", "remand", "sentenced", "recall"})
PRISON = frozenset({"remand", "sentenced", "recall"})
AWAY = CUSTODY | {"rehab", "detox", "hospital"}
"""Settings somebody comes out of."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What these rules need of a setting."""

    form: ClassVar[str] = "setting"
    record: Record
    setting: str
    place_prison: str
    place_rehab: str
    place: str
    from_on: date | None
    expected_release_on: date | None
    release_certainty: str
    release_time: str

    @property
    def in_custody(self) -> bool:
        """Say whether it is custody of any kind."""
        return self.setting in CUSTODY

    @property
    def where(self) -> str:
        """Return the place in words; empty when none was given."""
        prison = codes("prison").label(self.place_prison) if self.place_prison else ""
        if self.setting in PRISON:
            return prison if prison and self.place_prison != "other" else self.place or prison
        if self.setting in ("rehab", "detox"):
            return self.place_rehab
        return self.place if self.setting != "community" else ""

    @property
    def words(self) -> str:
        """Return it as a chip says it: "In custody: HMP Eastmoor"."""
        said = _("In custody") if self.in_custody else codes("setting").label(self.setting)
        if not self.where:
            return said
        return _("%(state)s: %(place)s") % {"state": said, "place": self.where}


@dataclass(frozen=True, slots=True)
class Spell:
    """From when and until when somebody was in a setting; `until_on` is None while they are."""

    setting: Setting
    from_on: date
    until_on: date | None

    def days(self, until: date) -> int:
        """Return how many days of it lie before `until`."""
        end = min(self.until_on or until, until)
        return max(0, (end - self.from_on).days)


def setting_on(records: Iterable[Record], day: date) -> Setting | None:
    """Return the setting a client was in on a day; None when none is recorded."""
    begun = [one for one in _in_order(records) if one.from_on and one.from_on <= day]
    return begun[-1] if begun else None


def has_died(records: Iterable[Record], day: date) -> bool:
    """Say whether a client had died by a day."""
    setting = setting_on(records, day)
    return setting is not None and setting.setting == "deceased"


def spells(records: Iterable[Record]) -> list[Spell]:
    """Return a client's settings as spells, earliest first; a spell without a day is left out."""
    ordered = _in_order(records)
    found = []
    for index, one in enumerate(ordered):
        following = ordered[index + 1].from_on if index + 1 < len(ordered) else None
        if one.from_on is not None and one.from_on != following:
            found.append(Spell(one, one.from_on, following))
    return found


def custody_spells(records: Iterable[Record]) -> list[Spell]:
    """Return a client's time in custody as spells; moves from one prison to the next join up."""
    joined: list[Spell] = []
    for one in spells(records):
        if not one.setting.in_custody:
            continue
        if joined and joined[-1].until_on == one.from_on:
            joined[-1] = Spell(joined[-1].setting, joined[-1].from_on, one.until_on)
        else:
            joined.append(one)
    return joined


def days_in_custody(records: Iterable[Record], since: date, until: date) -> int:
    """Return how many days from `since` up to and without `until` a client was in custody."""
    days = 0
    for one in custody_spells(records):
        start, end = max(one.from_on, since), min(one.until_on or until, until)
        days += max(0, (end - start).days)
    return days


def run_away(records: Iterable[Record], day: date) -> list[Setting]:
    """Return the settings somebody will come out of, from when they went away until a day.

    From one prison to the next, or from prison to hospital, is still away; empty for somebody home.
    """
    begun = [one for one in _in_order(records) if one.from_on and one.from_on <= day]
    found: list[Setting] = []
    for one in reversed(begun):
        if one.setting not in AWAY:
            break
        found.append(one)
    return found[::-1]


def days_to_release(setting: Setting | None, on: date) -> int | None:
    """Return how many days until somebody is expected out; negative when the day has passed."""
    if setting is None or setting.setting not in AWAY or setting.expected_release_on is None:
        return None
    return (setting.expected_release_on - on).days


def release_words(setting: Setting, on: date) -> str:
    """Return when somebody is expected out, with as much certainty as there is."""
    if setting.expected_release_on is None:
        return _("no day of release is known")
    day = say_short(setting.expected_release_on.isoformat(), on)
    known = {
        "confirmed": _("out on %(day)s"),
        "likely": _("likely out on %(day)s"),
        "guess": _("perhaps out on %(day)s, which is a guess"),
    }
    return known.get(setting.release_certainty, _("expected out on %(day)s")) % {"day": day}


def since_words(setting: Setting, on: date) -> str:
    """Return how long somebody has been where they are: "for 12 days"."""
    if setting.from_on is None:
        return ""
    days = (on - setting.from_on).days
    return ngettext("for %(n)d day", "for %(n)d days", days) % {"n": days}


def _in_order(records: Iterable[Record]) -> Sequence[Setting]:
    dated = [one for one in read_all(Setting, records) if one.setting and one.from_on]
    return sorted(dated, key=lambda one: (one.from_on or date.min, one.record.id))

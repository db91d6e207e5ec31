# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What of a form on the last four weeks is a column of the outcomes profile, and of which episode.

Rules, each with a test:

* Only an answer to the very questions a data set names is written: the same measure, the same
  weeks. A form of another pack fills nothing, and not asked, declined and not known stay empty.
* Each form is of one episode: the last one it can be of, from four weeks before treatment was
  agreed to four weeks after it ended. Of several in the time asked for the latest is written.
* A form that was corrected says what its correction says.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from desktop_app.casework.dates import as_date
from desktop_app.casework.outcome_pack_file import LOOK_BACK, UNANSWERED
from desktop_app.casework.outcome_packs import shipped
from desktop_app.casework.outcomes import Filled, forms_of
from desktop_app.casework.records import Record, RecordId

_WEEKS = timedelta(days=LOOK_BACK)


class Outcome(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which questions of a pack are which columns.

    Attributes:
        pack: whose questions these are.
        version: of it.
        says: how yes and no are written.
        columns: the question a column is the answer to.
    """

    pack: str
    version: str
    says: Mapping[str, str]
    columns: Mapping[str, str]


def last_forms(
    filled: Iterable[Record], episodes: Iterable[Record], since: date, until: date
) -> Mapping[RecordId, Filled]:
    """Return the last form of each episode that was filled in in a time, by the episode's id."""
    theirs: dict[RecordId, list[Record]] = {}
    for one in filled:
        theirs.setdefault(one.client, []).append(one)
    treated: dict[RecordId, list[Record]] = {}
    for one in episodes:
        treated.setdefault(one.client, []).append(one)
    found: dict[RecordId, Filled] = {}
    for client, records in theirs.items():
        for form in forms_of(records):
            on = form.filled_on
            of = _episode_of(on, treated.get(client, ())) if on else None
            if of is not None and on is not None and since <= on <= until:
                found[of.id] = form
    return found


def in_columns(outcome: Outcome, filled: Filled) -> dict[str, str]:
    """Return the answers of a form by the columns they stand in."""
    pack = shipped()
    if (filled.pack, filled.version) != (outcome.pack, outcome.version):
        return {}
    found = {}
    for column, name in outcome.columns.items():
        item = pack.find(name)
        value = filled.value(item) if item is not None else None
        if value is not None and value not in UNANSWERED:
            found[column] = outcome.says.get(str(value), str(value))
    return found


def _episode_of(on: date, episodes: Sequence[Record]) -> Record | None:
    """Return the episode a form of a day is of; None where it is of none."""
    fits = []
    for one in episodes:
        begun, ended = as_date(one.text("accepted_on")), as_date(one.text("ended_on"))
        if begun and begun - _WEEKS <= on and not (ended and ended + _WEEKS < on):
            fits.append((begun, one.id, one))
    return max(fits)[2] if fits else None

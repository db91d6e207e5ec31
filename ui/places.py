# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Places: where in Tandem a person can be taken."""

from dataclasses import dataclass

from desktop_app.casework.records import RecordId


@dataclass(frozen=True, slots=True)
class Place:
    """A page, and what it is to show.

    Attributes:
        page: name of the page, such as "client".
        client: whom it is about; None for nobody in particular.
        record: which record to show; None for a new one, or none.
        form: of which kind a new record is.
        answer: what a person has just answered, so that it is not asked again. Coming back to the
            place does not give it again.
    """

    page: str
    client: RecordId | None = None
    record: RecordId | None = None
    form: str | None = None
    answer: str = ""

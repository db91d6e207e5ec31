# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What a vault has written for the audit and not sent yet, whoever may read it later."""

from desktop_app.casework.audience import AUDIT
from desktop_app.casework.records import Change
from storage import ledger
from storage.store import Store


def logged(store: Store, form: str = "") -> list[Change]:
    """Return the entries that wait in a vault, of one form or of all, earliest first."""
    return [
        one
        for _seq, changes in ledger.pending(store)
        for one in changes
        if one.audience == AUDIT and form in ("", one.form)
    ]

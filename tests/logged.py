# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What a vault has written for the audit and not sent yet, whoever may read it later."""

from desktop_app.casework.audience import AUDIT
from desktop_app.casework.records import Change
from storage import custody, ledger
from storage.store import Store


def logged(store: Store, form: str = "") -> list[Change]:
    """Return the entries that wait in a vault, of one form or of all, earliest first.

    What waits for a line of bundles to begin has no place in one yet, and comes last.
    """
    sent = [one for _seq, changes in ledger.pending(store) for one in changes]
    waits = [
        Change(one.form, one.record, one.client, one.audience, 0, 0, 0, 0, one.answers)
        for one in custody.held(store)
    ]
    return [one for one in (*sent, *waits) if one.audience == AUDIT and form in ("", one.form)]

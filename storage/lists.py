# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Signed lists that change their standing: one gone by until now, and one that was only kept."""

from storage.ledger import Document
from storage.store import Store


def move_document(store: Store, document: Document, kind: str) -> None:
    """Keep a document as one of another kind from now on."""
    store.write(
        "UPDATE OR REPLACE document SET kind = ? WHERE kind = ? AND n = ? AND id = ?",
        (kind, document.kind, document.n, document.id),
    )

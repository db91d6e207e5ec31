# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A vault that is given a new key, for the power to be cut in the middle of it.

python -m tests.soak.rekeying VAULT
"""

import sys
from pathlib import Path

from storage.errors import NotRekeyed
from storage.rekey import rekey
from storage.store import Store
from storage.unlock import unlock
from tests.soak.recorder import Pencil
from tests.storage.pen import START_MS
from tests.storage.safe import FAST, OLD


def main() -> None:
    """Give it two new keys, one after the other."""
    folder, pencil = Path(sys.argv[1]), Pencil()
    store = Store.open(folder, unlock(folder, OLD, floor=FAST))
    for number in range(2):
        store.put("work", number)
        pencil.mark(work=number)
        try:
            rekey(store, OLD, now_ms=START_MS, cost=FAST, floor=FAST)
            pencil.mark(done=number)
        except NotRekeyed as refused:
            pencil.mark(refused=str(refused))
    store.close()


if __name__ == "__main__":
    main()

# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The power goes while a vault is written to: the disk is kept as it was at that very moment."""

import shutil
from pathlib import Path

from sync.share import ShareUnreachable
from tests.hostile_share import HostileShare, PowerCut
from tests.sync.laptops import Laptop

_MOMENTS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


def lost_in_the_vault(laptop: Laptop, share: HostileShare, moment: int, disk: Path) -> bool:
    """Exchange; lose the power before a statement that begins or ends a write, and all after it.

    Args:
        laptop: whose power goes; what its vault does after that is to be thrown away.
        share: what it exchanges with; nothing reaches it any more once the power has gone.
        moment: at which of those statements.
        disk: where the vault is copied to, as it is on the disk at that moment.

    Returns:
        Whether there were so many; if not, the exchange went well.
    """
    left = moment

    def count(statement: str) -> None:
        nonlocal left
        left -= statement.startswith(_MOMENTS)
        if left == 0:
            left -= 1
            shutil.copytree(laptop.folder, disk)
            share.steps, share.cut_at = 0, 1

    laptop.store.db.set_trace_callback(count)
    try:
        laptop.exchange(share)
    except (ShareUnreachable, PowerCut):
        pass
    finally:
        laptop.store.db.set_trace_callback(None)
        share.cut_at = None
    return disk.exists()

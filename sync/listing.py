# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What lies in a folder of the share, by the names Tandem gave it.

Some file servers tell every name in capitals, whatever letters it was written with. Rules, each
with a test:

* Such a name is read as the one Tandem wrote: those hold figures, a to f and fixed words only, all
  small, so no two become one.
* Only where the folder opens it by that name as well. Where capitals make another file of it, it is
  somebody else's, and is left alone.
* Each name once, in the order they were told.
"""

from sync import places
from sync.share import Share

_TRIED = 3


def listed(share: Share, folder: str) -> list[str]:
    """Return the names in a folder; none when there is no such folder.

    Raises:
        ShareUnreachable: the share is not there.
    """
    names = dict.fromkeys(share.names(folder))
    ours = {name: small for name in names if (small := places.in_small(name)) != name}
    new = [small for small in ours.values() if small not in names]
    within = f"{folder}/" if folder else ""
    if not any(_opens(share, within + small) for small in new[:_TRIED]):
        return list(names)
    return list(dict.fromkeys(ours.get(name, name) for name in names))


def _opens(share: Share, path: str) -> bool:
    return share.get(path, limit=0) is not None or bool(share.names(path))

# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Asking to join, and seeing who asks.

Rules, each with a test:

* Only a coordinator's laptop invites; each invitation is kept there until it is answered.
* A request nobody was invited to make is not shown.
* Whoever is in the team already, or was declined, is not shown again.
"""

from desktop_app.casework.records import Json
from storage import ledger
from storage.store import Store
from sync import join, places
from sync.identity import new_identity
from sync.join import Request
from sync.reasons import SetAside
from sync.seals import Random, digest
from sync.seat import coordinators_seat, identity_of, keep_identity, seat_of

REQUEST = "request"
_DECLINED = "sync.declined"


def invite(store: Store, *, now_ms: int, random: Random) -> bytes:
    """Return an invitation, as the file to hand over."""
    held = coordinators_seat(store)
    invitation = join.new_invitation(
        held.roster, held.chain.team, held.me, now_ms=now_ms, random=random
    )
    raw = join.write_invitation(invitation)
    with store.transaction():
        ledger.put_key(store, f"invitation:{invitation.id.hex()}", raw)
    return raw


def ask_to_join(
    store: Store, invitation: bytes, *, name: str, laptop: str, now_ms: int, random: Random
) -> tuple[str, ...]:
    """Ask to join with this vault; return the six words to compare.

    Raises:
        InvitationRefused: the invitation is not one, or its time is over.
    """
    opened = join.read_invitation(invitation, now_ms=now_ms)
    with store.transaction():
        me = identity_of(store)
        if me is None:
            me = new_identity(random)
            keep_identity(store, me)
        raw = join.ask(opened, me, name=name, laptop=laptop, now_ms=now_ms)
        ledger.put_key(store, "invitation", invitation)
        path = places.request_path(opened.team, digest(b"tandem-request", raw))
        ledger.put_outbox(store, path, raw)
    return join.words_to_compare(opened, me.public)


def words_of_my_request(store: Store) -> tuple[str, ...]:
    """Return the six words of a request that waits for its answer; none when there is none."""
    me, invitation = identity_of(store), ledger.key(store, "invitation")
    if me is None or invitation is None:
        return ()
    return join.words_to_compare(join.read_invitation(invitation, now_ms=0), me.public)


def requests(store: Store) -> list[Request]:
    """Return who asks to join, the latest first, leaving out whoever is in the team already."""
    held = seat_of(store)
    if held is None:
        return []
    invitations = [
        join.read_invitation(raw, now_ms=0) for raw in ledger.keys(store, "invitation:").values()
    ]
    declined = _declined(store)
    found = {}
    for document in ledger.documents(store, REQUEST):
        try:
            one = join.read_request(document.raw, held.me, open_invitations=invitations)
        except SetAside:
            continue
        if held.roster.device(one.keys.device) is None and one.id.hex() not in declined:
            found[one.keys.device] = one
    return sorted(found.values(), key=lambda one: one.at, reverse=True)


def decline(store: Store, request: Request) -> None:
    """Leave a request unanswered for good."""
    with store.transaction():
        store.put(_DECLINED, [*_declined(store), request.id.hex()])


def _declined(store: Store) -> list[Json]:
    kept = store.get(_DECLINED)
    return kept if isinstance(kept, list) else []

# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What can be done on Passphrase and keys, each as its steps in order."""

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from desktop_app.casework.words import _
from storage import custody, holders, unlock
from storage.cost import of_laptop
from storage.keyfile import RECOVERY
from storage.rekey import rekey
from storage.store import Store
from sync.acts import Act
from sync.deciding import replace_recovery_key
from ui.pages.keys_steps import OtherWords, Present
from ui.pages.paper_steps import Drill, NewPaper
from ui.places import Place

if TYPE_CHECKING:
    from ui.pages.keys import KeysPage

REKEY_STEPS = 9


def change(page: "KeysPage") -> None:
    """Another passphrase."""
    step, now_ms = OtherWords(unlock.generate), page.session.clock.now_ms()

    def go_on() -> None:
        old, new = step.taken()

        def job(store: Store, said: Callable[[str], None], _stopped: Callable[[], bool]) -> None:
            assert store.folder is not None  # noqa: S101  a vault somebody signed in to
            cost = of_laptop(page.home)
            said(_("Trying the old one …"))
            unlock.change_passphrase(store.folder, old, new, cost=cost)
            said(_("Trying the new one …"))
            unlock.wipe(unlock.unlock(store.folder, new))
            custody.note(store, "passphrase", now_ms=now_ms)

        page.work(
            _("Changing the passphrase"),
            job,
            lambda _none: page.end(
                _("Your new passphrase counts from now on. The old one opens nothing any more.")
            ),
        )

    step.forward.connect(go_on)
    page.open_step(step)


def drill(page: "KeysPage") -> None:
    """Try the team's words."""
    step, now_ms = Drill(), page.session.clock.now_ms()
    step.later.connect(page.back)

    def go_on() -> None:
        words = step.taken()
        page.work(
            _("Trying the words"),
            lambda store, _said, _stopped: holders.drill(store, words, now_ms=now_ms),
            lambda _none: page.end(
                _("They open this casebook. Put the paper back where it was; nothing was kept.")
            ),
        )

    step.forward.connect(go_on)
    page.open_step(step)


def replace(page: "KeysPage") -> None:
    """Make or replace the team's recovery words."""
    session, now_ms = page.session, page.session.clock.now_ms()

    def give(public: bytes) -> None:
        def job(store: Store, _said: object, _stopped: object) -> Act | None:
            return replace_recovery_key(store, public, now_ms=now_ms, random=os.urandom)

        page.work(
            _("Sealing this casebook to the new words"), job, lambda act: _new_words(page, act)
        )

    _paper(page, give, team=session.team.name)


def _new_words(page: "KeysPage", act: Act | None) -> None:
    """Say that the new words count, or let the keepers sign that they do."""
    if act is not None:
        page.end(_("The new words count once two keepers have signed: Team, Keepers."))
        page.go.emit(Place("keepers", form="sign"))
        return
    page.end(
        _(
            "The new words open this casebook, and each colleague's once both of you have "
            "shared. Backups made before still open with the old words: keep that paper "
            "until they are gone, unless somebody has seen it."
        )
    )


def own(page: "KeysPage") -> None:
    """Make or replace the words of this laptop."""
    now_ms = page.session.clock.now_ms()

    def give(public: bytes) -> None:
        def job(store: Store, _said: object, _stopped: object) -> None:
            with store.transaction():
                holders.name(store, RECOVERY, public)
                custody.note(store, "words_made", now_ms=now_ms)
            holders.put_in_order(store)

        page.work(
            _("Sealing this casebook to the words"),
            job,
            lambda _none: page.end(
                _("The words open this casebook, and the backups made from now on.")
            ),
        )

    _paper(page, give, laptop=page.laptop)


def new_key(page: "KeysPage") -> None:
    """A new key for the vault."""
    step = Present(
        _("A new key for this casebook"),
        _(
            "The whole casebook is written anew, and opened and compared before the new key "
            "counts. Wherever the power goes meanwhile, your passphrase opens it."
        ),
        act=_("&Write it anew"),
        safe=_(
            "Your passphrase and the recovery words stay the same. What was copied before still "
            "opens as it did: an old copy of the casebook with the old key, earlier backups with "
            "the recovery words."
        ),
    )
    now_ms = page.session.clock.now_ms()

    def go_on() -> None:
        words = step.taken()

        def job(store: Store, said: Callable[[str], None], stopped: Callable[[], bool]) -> None:
            cost = of_laptop(page.home)
            rekey(store, words, now_ms=now_ms, cost=cost, progress=said, cancelled=stopped)

        page.work(
            _("Writing the casebook anew"),
            job,
            lambda _none: page.end(
                _(
                    "The casebook has a new key. If somebody has had this laptop, tell your "
                    "coordinator too: they can take it out of the team and let it in anew."
                )
            ),
            steps=REKEY_STEPS,
        )

    step.forward.connect(go_on)
    page.open_step(step)


def _paper(
    page: "KeysPage", give: Callable[[bytes], None], *, team: str = "", laptop: str = ""
) -> None:
    paper = NewPaper(page, page.dialogs, team=team, laptop=laptop, day=page.session.clock.today())
    paper.shown.connect(page.open_step)
    paper.done.connect(give)
    paper.begin()


BEGIN: Mapping[str, Callable[["KeysPage"], None]] = {
    "change": change,
    "drill": drill,
    "replace": replace,
    "own": own,
    "rekey": new_key,
}

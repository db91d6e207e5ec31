# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The three ways out of a casebook that will not open, each as its steps in order."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.casework.words import _
from storage import unlock
from storage.backup import Backup, backups
from storage.copies import Step
from storage.entry import at_the_door
from storage.repair import Repaired, repair
from storage.restore import Restored
from ui.pages.first_run_steps import Words
from ui.pages.rescue_steps import ChooseBackup, Paper, Passphrase
from ui.pages.sign_in_trouble import RECOVER, REPAIR, RESTORE
from ui.putting_right import put_back, said_of_repaired, said_of_restored

if TYPE_CHECKING:
    from ui.pages.rescue import Rescue

RESTORE_STEPS, REPAIR_STEPS = 12, 14


def ask_paper(page: "Rescue") -> None:
    """A lost passphrase: the words on the paper, then new ones."""
    paper, folder = Paper(_("&Go on")), page.place.folder
    paper.forward.connect(lambda: page.try_paper(folder, paper, lambda words: renew(page, words)))
    page.open_step(paper)


def renew(page: "Rescue", words: str) -> None:
    """Give the vault another passphrase."""
    chosen, folder = Words(unlock.generate, act=_("&Use these words")), page.place.folder
    now_ms = page.clock.now_ms()

    def job(_said: Step, _stopped: Callable[[], bool]) -> None:
        unlock.recover(folder, words, chosen.passphrase, now_ms=now_ms, cost=page.cost)

    def then(_none: None) -> None:
        page.end(
            _("Your new passphrase counts"),
            [
                _("The old words no longer open this casebook. Nothing in it changed."),
                _("Put the recovery paper back where it was. Its words open it still."),
            ],
        )

    chosen.forward.connect(lambda: page.work(_("Giving it the new passphrase …"), 0, job, then))
    page.open_step(chosen)


def ask_backup(page: "Rescue") -> ChooseBackup:
    """A backup: which, the words on the paper, then new words for what is put back."""

    def look() -> tuple[Path, list[Backup]] | None:
        folder = page.dialogs.folder(_("The folder the backups lie in"))
        return (folder, backups(folder)) if folder is not None else None

    step = ChooseBackup(look)
    step.forward.connect(lambda: ask_paper_of(page, step.backup))
    page.open_step(step)
    return step


def ask_paper_of(page: "Rescue", backup: Backup) -> None:
    """Ask for the words that open a backup."""
    paper = Paper(_("&Go on"))
    paper.forward.connect(
        lambda: page.try_paper(backup.folder, paper, lambda words: put_it_back(page, backup, words))
    )
    page.open_step(paper)


def put_it_back(page: "Rescue", backup: Backup, words: str) -> None:
    """Put a backup back under a new passphrase."""
    chosen, to = Words(unlock.generate, act=_("&Put it back")), page.place.folder
    now_ms = page.clock.now_ms()

    def job(said: Step, stopped: Callable[[], bool]) -> Restored:
        return put_back(
            backup.folder,
            to,
            words=words,
            passphrase=chosen.passphrase,
            now_ms=now_ms,
            cost=page.cost,
            progress=said,
            cancelled=stopped,
        )

    def then(done: Restored) -> None:
        page.end(_("Your casebook is back"), said_of_restored(done))

    chosen.forward.connect(
        lambda: page.work(_("Putting the backup back"), RESTORE_STEPS, job, then)
    )
    page.open_step(chosen)


def ask_passphrase(page: "Rescue") -> None:
    """A damaged vault: its passphrase, or else the words on the paper."""
    asked, folder = Passphrase(), page.place.folder

    def go_on() -> None:
        words = asked.typed.text()
        asked.typed.clear()
        now_ms = page.clock.now_ms()
        put_right(page, lambda: at_the_door(folder, words, now_ms=now_ms))

    asked.forward.connect(go_on)
    asked.lost.clicked.connect(lambda: ask_paper_to_repair(page))
    page.open_step(asked)


def ask_paper_to_repair(page: "Rescue") -> None:
    """Ask for the words that open what is to be repaired."""
    paper, folder = Paper(_("&Check it")), page.place.folder

    def go_on(words: str) -> None:
        put_right(page, lambda: unlock.unlock_with_recovery(folder, words))

    paper.forward.connect(lambda: page.try_paper(folder, paper, go_on))
    page.open_step(paper)


def put_right(page: "Rescue", key: Callable[[], bytearray]) -> None:
    """Look at every page of a vault, and repair it if need be."""
    folder, now_ms = page.place.folder, page.clock.now_ms()

    def job(said: Step, stopped: Callable[[], bool]) -> Repaired:
        return repair(folder, key(), now_ms=now_ms, progress=said, cancelled=stopped)

    def then(done: Repaired) -> None:
        head = _("Looked at, and put right") if done.kept else _("Nothing is damaged")
        page.end(head, said_of_repaired(done))

    page.work(_("Looking at every page"), REPAIR_STEPS, job, then)


BEGIN: Mapping[str, Callable[["Rescue"], object]] = {
    RECOVER: ask_paper,
    RESTORE: ask_backup,
    REPAIR: ask_passphrase,
}

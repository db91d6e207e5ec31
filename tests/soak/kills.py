# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Kills: somebody types and saves in the real window until the process is killed, many times."""

from tests.journeys.kennel import end_lives
from tests.soak.figures import scratch, small, tell

LIVES, CHECK_EVERY = 500, 10
LOST_MS = 1_000


def main() -> None:
    """Measure."""
    lives = 20 if small() else LIVES
    with scratch() as place:
        ended = end_lives(place, lives, check_every=CHECK_EVERY)
    tell("Kills: lives ended", ended.lives, "", LIVES, at_least=True)
    tell("Kills: saves acknowledged in them", ended.acknowledged, "", LIVES, at_least=True)
    tell("Kills: of those, lost", ended.gone, "", 0)
    tell("Kills: drafts said to be safe, lost", ended.drafts_gone, "", 0)
    tell("Kills: age of the oldest typing lost", ended.oldest_ms, "ms", LOST_MS)
    tell("Kills: findings of a check of the vault", ended.findings, "", 0)


if __name__ == "__main__":
    main()

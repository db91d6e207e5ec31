# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Runs schedules of everybody at once: the same ones for the same number."""

from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis.stateful import get_state_machine_test

from tests.sync.machine_checks import Sharing

STEPS = 25


def schedules(number: int, count: int) -> None:
    """Run so many schedules; the first that ends badly is told step by step, and raised."""
    run = get_state_machine_test(
        Sharing,
        settings=settings(
            max_examples=count,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            print_blob=False,
            report_multiple_bugs=False,
            verbosity=Verbosity.normal,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],  # real vaults are too slow to shrink with
        ),
    )
    seed(number)(run)()

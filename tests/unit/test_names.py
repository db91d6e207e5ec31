# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Our packages have plain names; nothing that is installed beside them may have the same."""

from importlib.metadata import packages_distributions

import pytest

OURS = "tandem-casebook"


@pytest.mark.parametrize("name", ["desktop_app", "ui", "storage", "sync", "resources"])
def test_no_other_distribution_brings_a_package_of_our_names(name: str) -> None:
    assert set(packages_distributions().get(name, ())) <= {OURS}

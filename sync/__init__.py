# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Sharing: bundles, signed and sealed, carried by a plain folder."""

# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What Tandem knows: the trade itself, as plain rules and values."""

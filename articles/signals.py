"""The one announcement: some pages say something else from now on."""

from __future__ import annotations

from django.dispatch import Signal

# Sent after commit with `keys`: a frozenset of page keys such as {"article-17", "category-3", "front"},
# `hard`: True when the old page must not be seen again (withdrawal), and `numbers`: of the Announcements that say the same.
pages_changed = Signal()

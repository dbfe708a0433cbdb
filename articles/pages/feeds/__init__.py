"""Feeds: every list once more, for programs that read news."""

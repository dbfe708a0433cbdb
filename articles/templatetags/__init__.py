"""Filters that turn values into print."""

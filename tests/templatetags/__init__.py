"""Tests of the room «templatetags»."""

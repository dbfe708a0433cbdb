"""Tests of what search engines read."""

"""Tests of what services outside are told."""

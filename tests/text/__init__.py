"""Tests of copy as plain values."""

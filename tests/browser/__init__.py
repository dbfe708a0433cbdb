"""Drives a real Chromium against the real server."""

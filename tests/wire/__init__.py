"""Mirrors articles/wire."""

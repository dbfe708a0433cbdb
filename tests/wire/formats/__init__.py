"""Mirrors articles/wire/formats."""

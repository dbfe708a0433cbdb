"""Mirrors the rooms of the house."""

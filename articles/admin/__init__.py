"""How editors see things; what happens is a call to the desk."""

from __future__ import annotations

from articles.admin import agency, article, author, category, front, house, picture, report, tag, users, wire, wirerule

__all__ = ["agency", "article", "author", "category", "front", "house", "picture", "report", "tag", "users", "wire", "wirerule"]

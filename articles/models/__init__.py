"""What the newsroom remembers."""

from __future__ import annotations

from articles.models.agency import Agency, Feed, FeedState
from articles.models.announcement import Announcement
from articles.models.article import Article, Authorship, FurtherCategory, Kind, Status
from articles.models.author import Author
from articles.models.category import Category
from articles.models.correction import Correction
from articles.models.front import Breaking, Position
from articles.models.highlight import Highlight
from articles.models.house import House
from articles.models.killreceipt import KillReceipt
from articles.models.licence import LicenceTerm
from articles.models.page import Page
from articles.models.picture import Picture
from articles.models.ping import Ping
from articles.models.reads import MostRead, ReadCount, ReadHour
from articles.models.report import Report
from articles.models.revision import Revision
from articles.models.search import SearchDocument, SearchErrand, SearchWord
from articles.models.story import Story, StoryMark, StoryTrace, StoryVerdict
from articles.models.submission import Submission
from articles.models.tag import Tag, TagAlias, Tagging
from articles.models.teaser import Teaser
from articles.models.wire import WireDelivery, WireItem
from articles.models.wirerule import UnknownCode, WireRule

__all__ = [
    "Agency", "Announcement", "Article", "Author", "Authorship", "Breaking", "Category", "Correction", "Feed", "FeedState", "FurtherCategory",
    "Highlight", "House", "KillReceipt", "Kind", "LicenceTerm", "MostRead", "Page", "Picture", "Ping", "Position", "ReadCount", "ReadHour", "Report",
    "Revision", "SearchDocument", "SearchErrand", "SearchWord", "Status", "Story", "StoryMark", "StoryTrace", "StoryVerdict", "Submission", "Tag",
    "TagAlias", "Tagging", "Teaser", "UnknownCode", "WireDelivery", "WireItem", "WireRule",
]  # fmt: skip

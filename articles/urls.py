"""Readers' addresses (route names in English, paths in German)."""

from __future__ import annotations

import re

from django.urls import path, re_path

from articles.models import Page
from articles.pages import (
    archive,
    article,
    author,
    card,
    category,
    corrections,
    front,
    icon,
    indexnow,
    notice,
    palette,
    picture,
    preview,
    push,
    report,
    robots,
    search,
    security,
    source,
    tdmrep,
    ticker,
    topic,
)
from articles.pages.feeds import directory, searching
from articles.pages.feeds import views as feeds
from articles.pages.feeds.entries import FORMS
from articles.pages.sitemaps import views as sitemaps

FEED = f"(?P<form>{'|'.join(map(re.escape, FORMS))})"
BLOCK = "(?P<block>[1-9][0-9]{0,4})"
SLUG = "(?P<slug>[-a-zA-Z0-9_]+)"

app_name = "articles"
urlpatterns = [
    path("", front.show, name="front"),
    path("ticker/", ticker.show, name="ticker"),
    path("thema/<slug:slug>/", topic.show, name="topic"),
    path("autor/<slug:slug>/", author.show, name="author"),
    path("quelle/<slug:slug>/", source.show, name="source"),
    path("suche/", search.show, name="search"),
    path("archiv/", archive.show, name="archive"),
    re_path(r"^archiv/([12][0-9]{3})/\Z", archive.show_year, name="archive_year"),
    re_path(r"^archiv/([12][0-9]{3})/([0-9]{2})/\Z", archive.show_month, name="archive_month"),
    re_path(r"^archiv/([12][0-9]{3})/([0-9]{2})/([0-9]{2})/\Z", archive.show_day, name="archive_day"),
    *(path(f"{slug}/", notice.show, {"slug": slug}, name=slug) for slug in Page.Slug.values),
    path("korrekturen/", corrections.show, name="corrections"),
    path("fehler-melden/", report.show, name="report"),
    path("fehler-melden/danke/", report.thanks, name="report_thanks"),
    path(".well-known/security.txt", security.show, name="security"),
    path("bild/<str:name>", picture.show, name="picture"),
    path("vorschau/<str:signed>/", preview.show, name="preview"),
    path("wire/<slug:slug>/", push.take, name="wire_push"),
    re_path(r"^ressorts-([0-9a-f]{8})\.css\Z", palette.show, name="palette"),
    path("icon-<int:size>.png", icon.show, name="icon"),
    path("favicon.ico", icon.show_ico, name="favicon"),
    path("robots.txt", robots.show, name="robots"),
    re_path(r"^(?P<key>[A-Za-z0-9-]{8,128})\.txt\Z", indexnow.show, name="indexnow"),
    path(".well-known/tdmrep.json", tdmrep.show, name="tdmrep"),
    path("feeds/", directory.show, name="feeds"),
    path("feeds.opml", directory.show_opml, name="opml"),
    path("sitemap.xml", sitemaps.show, name="sitemap"),
    path("sitemap-news.xml", sitemaps.show_news, name="sitemap_news"),
    path("sitemap-seiten.xml", sitemaps.show_pages, name="sitemap_pages"),
    re_path(rf"^sitemap-(?P<year>[12][0-9]{{3}})-(?P<month>[0-9]{{2}})(?:-{BLOCK})?\.xml\Z", sitemaps.show_month, name="sitemap_month"),
    re_path(rf"^sitemap-(?P<kind>themen|autoren)(?:-{BLOCK})?\.xml\Z", sitemaps.show_lists, name="sitemap_lists"),
    re_path(rf"^{FEED}\Z", feeds.show, name="feed"),
    re_path(rf"^suche/{FEED}\Z", searching.show, name="search_feed"),
    re_path(rf"^thema/{SLUG}/{FEED}\Z", feeds.show_topic, name="topic_feed"),
    re_path(rf"^autor/{SLUG}/{FEED}\Z", feeds.show_author, name="author_feed"),
    re_path(rf"^quelle/{SLUG}/{FEED}\Z", feeds.show_source, name="source_feed"),
    re_path(rf"^{SLUG}/{FEED}\Z", feeds.show_category, name="category_feed"),
    path("<slug:slug>/", category.show, name="category"),
    # Any slug and category will do, with or without a slash: the id decides, and one 301 puts the rest right.
    re_path(r"^(?P<category>[^/]+)/(?P<slug>[^/]*)-(?P<number>[1-9][0-9]*)/?\Z", article.show),
    path("<slug:category>/<slug:slug>-<int:number>/", article.show, name="article"),
    re_path(r"^(?P<category>[^/]+)/(?P<slug>[^/]*)-(?P<number>[1-9][0-9]*)/karte-(?P<digest>[0-9a-f]{16})\.jpg\Z", card.show),
]

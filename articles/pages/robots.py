"""What programs may fetch: search engines everything, AI agents by what they want it for, nobody the editors' side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from articles.models import House
from articles.pages.facts import absolute
from articles.pages.furniture import furniture
from articles.pages.response import document, readers

CLOSED = ("/admin/", "/vorschau/", "/wire/")
# By what their operators say they are for. Who is allowed needs no line: it may do what everybody may.
TRAINING = (
    "AI2Bot", "Ai2Bot-Dolma", "Amazonbot", "anthropic-ai", "Applebot-Extended", "Bytespider", "CCBot", "ClaudeBot", "cohere-ai",
    "cohere-training-data-crawler", "Diffbot", "FacebookBot", "Google-Extended", "GPTBot", "ICC-Crawler", "ImagesiftBot",
    "Kangaroo Bot", "Meta-ExternalAgent", "omgili", "PanguBot", "Timpibot", "VelenPublicWebCrawler", "Webzio-Extended",
)  # fmt: skip
SEARCH = ("Claude-SearchBot", "OAI-SearchBot", "PerplexityBot", "PetalBot", "YouBot")
ON_DEMAND = (
    "ChatGPT-User", "Claude-User", "Claude-Web", "DuckAssistBot", "Gemini-Deep-Research", "Meta-ExternalFetcher", "MistralAI-User",
    "Perplexity-User",
)  # fmt: skip


@readers
def show(request: HttpRequest) -> HttpResponse:
    around = furniture()
    groups = [group for agents, is_allowed in purposes(around.house) if not is_allowed for group in _closed_to(agents)]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), "", *groups]
    lines += [f"Sitemap: {absolute(reverse(f'articles:{name}'))}" for name in ("sitemap", "sitemap_news")]
    return document(request, "\n".join([*lines, ""]), keys=[], around=around, kind="text/plain; charset=utf-8")


def purposes(house: House) -> tuple[tuple[tuple[str, ...], bool], ...]:
    """Agents of each purpose, and whether editors allow it."""
    return (TRAINING, house.allows_training), (SEARCH, house.allows_ai_search), (ON_DEMAND, house.allows_on_demand)


def _closed_to(agents: tuple[str, ...]) -> list[str]:
    return [*(f"User-agent: {agent}" for agent in agents), "Disallow: /", ""]

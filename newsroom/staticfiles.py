"""Static files: one style sheet out of its parts, names that carry the content's hash."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

from newsroom import errors

logger = logging.getLogger(__name__)

SHEET = "css/site.css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
IMPORT = re.compile(r"@import\s+url\(\"([\w.-]+)\"\)\s+layer\(([\w-]+)\)\s*;")
STRING = re.compile(r"(\"[^\"]*\")")
SPACE = re.compile(r"\s+")
AROUND = re.compile(r"\s*([{};,])\s*")


def bundle(site_css: Path) -> str:
    """`site.css` with every imported part in place, each in its layer, without comments and spare blanks."""
    folder = site_css.parent

    def inline(match: re.Match[str]) -> str:
        part = (folder / match[1]).read_text(encoding="utf-8")
        return f"@layer {match[2]}{{{part}}}"

    return minify(IMPORT.sub(inline, COMMENT.sub("", site_css.read_text(encoding="utf-8"))))


def minify(css: str) -> str:
    """Blanks and comments go, words stay: nothing that would need to understand the rules."""
    pieces = STRING.split(COMMENT.sub("", css))
    for index in range(0, len(pieces), 2):
        pieces[index] = AROUND.sub(r"\1", SPACE.sub(" ", pieces[index]))
    return "".join(pieces).replace(";}", "}").strip()


class BundledStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, with the readers' style sheet bundled before it gets its hash."""

    manifest_strict = False

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Any:
        if SHEET in paths and not dry_run:
            source, name = paths[SHEET]
            # From the source, for a changed part leaves site.css itself unchanged.
            Path(self.path(SHEET)).write_text(bundle(Path(source.path(name))), encoding="utf-8")
            paths = paths | {SHEET: (self, SHEET)}
        yield from super().post_process(paths, dry_run, **options)  # type: ignore[no-untyped-call]


class StaticFiles(WhiteNoiseMiddleware):
    """WhiteNoise knows its files from the start; one that was deleted since is missing (404), not a fault of ours (500)."""

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponseBase:  # type: ignore[override]
        try:
            answer: HttpResponseBase = WhiteNoiseMiddleware.serve(static_file, request)  # type: ignore[no-untyped-call]
        except FileNotFoundError as error:
            logger.error("Static file %s is gone: start the server again to have it collected", error.filename)
            return errors.not_found(request)
        return answer


class PlainStorage(ManifestStaticFilesStorage):
    """For tests: names without a hash, nothing collected."""

    def url(self, name: str | None, force: bool = False) -> str:
        return f"{self.base_url}{name}"

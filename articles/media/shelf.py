"""Where renditions lie: a folder of this machine, or whatever storage the settings name that all machines share."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils.functional import cached_property

NAME: Final = "renditions"  # among the settings' STORAGES, and below MEDIA_ROOT


def shelf() -> Storage:
    """A storage in which a name is written over, and never read half."""
    return storages[NAME]


class Folder(FileSystemStorage):
    """A folder under MEDIA_ROOT, or the one given, whose files are replaced as a whole."""

    @cached_property
    def base_location(self) -> str:
        given: object = self._location  # type: ignore[attr-defined]  # Django's, without a type
        return str(given or Path(settings.MEDIA_ROOT) / NAME)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: File[bytes]) -> str:
        """Write so that nobody ever reads half a file."""
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            with draft.open("wb") as sink:
                sink.writelines(content.chunks())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        return name

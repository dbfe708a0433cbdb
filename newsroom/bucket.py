"""Pictures in a bucket that all machines share, as S3 offers it. Loaded only where MEDIA_STORAGE_URL names one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError, IncompleteReadError
from botocore.exceptions import ConnectionError as NotConnected
from django.core.files.base import ContentFile, File
from django.utils.functional import cached_property
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

CONNECT_WITHIN: Final = 2.0  # seconds; a reader waits for it
READ_WITHIN: Final = 10.0
TRIES: Final = 2
CONNECTIONS: Final = 16  # of one process, as many as a worker has threads
COME_AGAIN: Final = (408, 429)


class Bucket(S3Storage):  # type: ignore[misc]  # has no types
    """Answers in Python's own errors: FileNotFoundError, ConnectionError while the store is out of reach, else OSError."""

    def __init__(self, **options: Any) -> None:
        chosen = {"default_acl": None, "transfer_config": TransferConfig(use_threads=False)}
        super().__init__(**chosen, client_config=_config(options.get("endpoint_url")), **options)

    @cached_property
    def client(self) -> Any:
        """One for all threads, which it may be: making one takes some tenths of a second."""
        return self.connection.meta.client

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        """The whole file at one asking; pictures are small."""
        if mode != "rb":
            raise ValueError(f"files of a bucket are read or saved, not opened with {mode!r}")
        with _speaking(name):
            body = self.client.get_object(Bucket=self.bucket_name, Key=self._key(name))["Body"].read()
        return ContentFile(body, name=name)

    def _save(self, name: str, content: File[bytes]) -> str:
        with _speaking(name):
            return str(super()._save(name, content))

    def exists(self, name: str) -> bool:
        try:
            with _speaking(name):
                self.client.head_object(Bucket=self.bucket_name, Key=self._key(name))
        except FileNotFoundError:
            return False
        return True

    def delete(self, name: str) -> None:
        with _speaking(name):
            self.client.delete_object(Bucket=self.bucket_name, Key=self._key(name))

    def _key(self, name: str) -> str:
        return str(self._normalize_name(clean_name(name)))


def _config(endpoint: str | None) -> Config:
    """Stores other than Amazon's know the bucket as part of the path, and not every sort of checksum."""
    others = {"request_checksum_calculation": "when_required", "response_checksum_validation": "when_required"}
    return Config(
        connect_timeout=CONNECT_WITHIN, read_timeout=READ_WITHIN, max_pool_connections=CONNECTIONS, signature_version="s3v4",
        retries={"total_max_attempts": TRIES, "mode": "standard"}, s3={"addressing_style": "path" if endpoint else "auto"},
        **(others if endpoint else {}),
    )  # fmt: skip


@contextmanager
def _speaking(name: str) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        raise _translated(error, name) from error
    except (NotConnected, HTTPClientError, IncompleteReadError) as error:
        raise ConnectionError(str(error)) from error
    except BotoCoreError as error:
        raise OSError(str(error)) from error


def _translated(error: ClientError, name: str) -> OSError:
    status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    code = error.response.get("Error", {}).get("Code", "")
    if status == 404 and code != "NoSuchBucket":
        return FileNotFoundError(name)
    return (ConnectionError if status >= 500 or status in COME_AGAIN else OSError)(f"{name}: {error}")

"""Pictures in a bucket: nothing lies on the machine, every node serves everything, and a store out of reach harms nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.test import Client

from articles.media import rendering, renditions
from articles.media.shelf import shelf
from articles.models import Picture
from articles.wire import pictures
from newsroom.env import picture_storages
from tests import make

boto3 = pytest.importorskip("boto3", reason="boto3 is not installed: see deploy/requirements.txt")
server = pytest.importorskip("moto.server", reason="moto is not installed: nothing to store pictures in")

pytestmark = pytest.mark.django_db
KEYS = {"AWS_ACCESS_KEY_ID": "tests", "AWS_SECRET_ACCESS_KEY": "only"}
NAMES = ("1x1", "4x3", "16x9")


@pytest.fixture(scope="module", name="endpoint")
def _endpoint() -> Iterator[str]:
    """A store that speaks S3, with one empty bucket."""
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture(name="bucket")
def _bucket(endpoint: str, monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> Iterator[Any]:
    client = boto3.client(
        "s3", endpoint_url=endpoint, region_name="eu-central-1", aws_access_key_id="tests", aws_secret_access_key="only"
    )
    client.create_bucket(Bucket="pictures", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    use(f"s3://pictures/site?endpoint={endpoint}&region=eu-central-1", monkeypatch, settings)
    monkeypatch.setattr(renditions, "WIDTHS", {"16x9": (320,), "4x3": (240,), "1x1": (112,)})
    rendering._failures.clear()
    yield client
    for name in held(client):
        client.delete_object(Bucket="pictures", Key=name)
    client.delete_bucket(Bucket="pictures")


def use(url: str, monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    """Keep pictures where this address says."""
    for name, value in {**KEYS, "MEDIA_STORAGE_URL": url}.items():
        monkeypatch.setenv(name, value)
    settings.STORAGES = settings.STORAGES | picture_storages()


def held(client: Any) -> set[str]:
    """All names in the bucket."""
    return {entry["Key"] for entry in client.list_objects_v2(Bucket="pictures").get("Contents", [])}


def rendered() -> Picture:
    picture = make.picture(raw=make.jpeg(400, 300), rendered=False)
    assert rendering.render(picture)
    return picture


def cut(picture: Picture, ratio: str = "1x1", width: int = 112, kind: str = "jpg") -> str:
    return renditions.filename(picture.rendition_key, ratio, width, kind)


def test_originals_and_renditions_lie_in_the_bucket_and_nothing_on_the_machine(bucket: Any, media_folder: Path) -> None:
    picture = rendered()

    made = {f"site/renditions/{renditions.filename(picture.rendition_key, *item)}" for item in renditions.plan(400, 300)}
    assert held(bucket) == {f"site/{picture.file.name}", *made}
    assert not media_folder.exists()


def test_a_rendition_is_served_from_the_bucket_as_from_a_folder(bucket: Any, client: Client, settings: LazySettings) -> None:
    picture = rendered()
    from_bucket = client.get(f"/bild/{cut(picture)}")

    settings.STORAGES = settings.STORAGES | {
        "renditions": {"BACKEND": "articles.media.shelf.Folder"}, "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }  # fmt: skip
    shelf().save(
        cut(picture), ContentFile(bucket.get_object(Bucket="pictures", Key=f"site/renditions/{cut(picture)}")["Body"].read())
    )
    from_folder = client.get(f"/bild/{cut(picture)}")

    assert (from_bucket.status_code, from_folder.status_code) == (200, 200)
    assert dict(from_bucket.headers) == dict(from_folder.headers)
    assert b"".join(from_bucket) == b"".join(from_folder) != b""


def test_a_known_rendition_is_not_sent_again(bucket: Any, client: Client) -> None:
    path = f"/bild/{cut(rendered())}"
    first = client.get(path)

    again = client.get(path, headers={"if-none-match": first.headers["ETag"]})

    assert again.status_code == 304


def test_a_rendition_that_the_bucket_does_not_hold_is_missing(bucket: Any, client: Client) -> None:
    picture = rendered()
    bucket.delete_object(Bucket="pictures", Key=f"site/renditions/{cut(picture)}")

    assert client.get(f"/bild/{cut(picture)}").status_code == 404


def test_what_is_missing_is_made_and_what_is_there_stays(bucket: Any) -> None:
    picture = rendered()
    kept, lost = (f"site/renditions/{cut(picture, kind=kind)}" for kind in ("jpg", "webp"))
    bucket.put_object(Bucket="pictures", Key=kept, Body=b"kept")
    bucket.delete_object(Bucket="pictures", Key=lost)

    assert rendering.render(picture)

    assert bucket.get_object(Bucket="pictures", Key=kept)["Body"].read() == b"kept"
    assert lost in held(bucket)


def test_cutting_again_writes_over_the_same_names(bucket: Any) -> None:
    picture = rendered()
    before = held(bucket)
    bucket.put_object(Bucket="pictures", Key=f"site/renditions/{cut(picture)}", Body=b"old")

    assert rendering.render(picture, overwrite=True)

    assert held(bucket) == before
    assert bucket.get_object(Bucket="pictures", Key=f"site/renditions/{cut(picture)}")["Body"].read() != b"old"


def test_a_rendition_carries_its_type(bucket: Any) -> None:
    picture = rendered()

    told = {
        kind: bucket.head_object(Bucket="pictures", Key=f"site/renditions/{cut(picture, kind=kind)}") for kind in ("jpg", "webp")
    }

    assert {kind: head["ContentType"] for kind, head in told.items()} == {"jpg": "image/jpeg", "webp": "image/webp"}


def test_two_originals_of_one_name_do_not_write_over_each_other(bucket: Any) -> None:
    first = default_storage.save("pictures/a.jpg", ContentFile(b"first"))
    second = default_storage.save("pictures/a.jpg", ContentFile(b"second"))

    assert first != second
    assert [default_storage.open(name).read() for name in (first, second)] == [b"first", b"second"]


def test_a_killed_picture_goes_from_the_bucket(bucket: Any, django_capture_on_commit_callbacks: Any) -> None:
    picture = rendered()

    with django_capture_on_commit_callbacks(execute=True):
        pictures.remove_unused([picture.pk])

    assert held(bucket) == set()


def test_an_editor_sees_the_original(bucket: Any, admin_client: Client) -> None:
    picture = rendered()

    response = admin_client.get(f"/admin/articles/picture/{picture.pk}/original/")

    assert response.status_code == 200
    assert b"".join(response) == bucket.get_object(Bucket="pictures", Key=f"site/{picture.file.name}")["Body"].read()


def test_a_store_out_of_reach_gives_503_and_no_picture_has_to_rest(
    bucket: Any, client: Client, monkeypatch: pytest.MonkeyPatch, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    picture, endpoint = rendered(), "http://127.0.0.1:9"  # nobody listens at the port for discarding
    use(f"s3://pictures/site?endpoint={endpoint}&region=eu-central-1", monkeypatch, settings)

    response = client.get(f"/bild/{cut(picture)}")

    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert not rendering.render(picture)
    assert rendering._failures == {}
    assert "the storage cannot be reached" in caplog.text


def test_a_bucket_that_does_not_exist_is_no_missing_file(
    bucket: Any, monkeypatch: pytest.MonkeyPatch, settings: LazySettings, endpoint: str
) -> None:
    use(f"s3://elsewhere?endpoint={endpoint}&region=eu-central-1", monkeypatch, settings)

    with pytest.raises(OSError, match="NoSuchBucket") as told:
        shelf().open("a.jpg")
    assert not isinstance(told.value, (FileNotFoundError, ConnectionError))


@pytest.mark.parametrize(
    ("status", "kind"), [(500, ConnectionError), (503, ConnectionError), (429, ConnectionError), (403, OSError)]
)
def test_a_store_that_is_overloaded_is_asked_again_and_one_that_refuses_is_not(
    bucket: Any, monkeypatch: pytest.MonkeyPatch, status: int, kind: type[OSError]
) -> None:
    exceptions = pytest.importorskip("botocore.exceptions")
    said = {"Error": {"Code": "Any"}, "ResponseMetadata": {"HTTPStatusCode": status}}

    def refuse(**_: Any) -> None:
        raise exceptions.ClientError(said, "GetObject")

    monkeypatch.setattr(storages["renditions"].client, "get_object", refuse)  # type: ignore[attr-defined]

    with pytest.raises(OSError, match=r"a\.jpg") as told:
        shelf().open("a.jpg")
    assert type(told.value) is kind


def test_nothing_of_a_bucket_is_opened_for_writing(bucket: Any) -> None:
    with pytest.raises(ValueError, match="'wb'"):
        default_storage.open("a.jpg", "wb")


def test_no_name_leads_out_of_the_prefix(bucket: Any) -> None:
    bucket.put_object(Bucket="pictures", Key="secret.txt", Body=b"of another site")

    with pytest.raises(Exception, match="denied"):
        default_storage.open("../secret.txt")

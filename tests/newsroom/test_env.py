"""The environment: what production needs, where secrets may lie, and how a refusal reads."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from newsroom import env
from newsroom.env import UnsafeStart, data_dir, local_secret, picture_storages, required, search_url, site_url, whole

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {"SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": "www.example.org", "SITE_URL": "https://www.example.org"}


def manage(command: str, tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py with nothing in its environment but what is given."""
    given = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **variables}
    return subprocess.run(
        [sys.executable, "manage.py", command], cwd=ROOT, env=given, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("name", list(COMPLETE))
def test_production_without_one_setting_refuses_and_names_it(name: str, tmp_path: Path) -> None:
    given = {key: value for key, value in COMPLETE.items() if key != name}

    answer = manage("check", tmp_path, **given)

    assert answer.returncode == 1
    assert answer.stderr.startswith(f"Not set: {name}. ")
    assert len(answer.stderr.splitlines()) == 1


def test_a_bare_start_names_everything_that_is_missing_in_one_line(tmp_path: Path) -> None:
    answer = manage("check", tmp_path)

    assert answer.returncode == 1
    assert answer.stderr.startswith("Not set: SECRET_KEY, ALLOWED_HOSTS, SITE_URL. ")
    assert "Traceback" not in answer.stderr


def test_with_all_three_production_starts(tmp_path: Path) -> None:
    answer = manage("check", tmp_path, **COMPLETE)

    assert (answer.returncode, answer.stderr) == (0, "")


def test_a_developer_needs_no_setting(tmp_path: Path) -> None:
    answer = manage("check", tmp_path, DEBUG="1")

    assert answer.returncode == 0, answer.stderr


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("f" * 50 + "\n", encoding="ascii")
    given = {**COMPLETE, "SECRET_KEY_FILE": str(file)}
    del given["SECRET_KEY"]

    answer = manage("check", tmp_path, **given)

    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize(
    ("variable", "value", "code"), [("SECRET_KEY", "short", "newsroom.E001"), ("ALLOWED_HOSTS", "*", "newsroom.E002")]
)
def test_a_weak_setting_stops_the_start(variable: str, value: str, code: str, tmp_path: Path) -> None:
    answer = manage("check", tmp_path, **{**COMPLETE, variable: value})

    assert answer.returncode == 1
    assert code in answer.stderr


@pytest.mark.parametrize(
    "url", ["www.example.org", "ftp://example.org", "https://example.org/news", "https://", "https://example.org/?a=1"]
)
def test_a_site_url_that_is_no_origin_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", url)

    with pytest.raises(UnsafeStart, match="SITE_URL must be an origin"):
        site_url(debug=False)


def test_the_site_url_ends_without_a_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://www.example.org/")

    assert site_url(debug=False) == "https://www.example.org"


@pytest.mark.parametrize(
    "url", ["", "http://127.0.0.1:9200", "https://site:s3cret@search.example:9200/cluster/?index=tagblatt", "http://[::1]:9200/"]
)
def test_a_search_server_is_named_by_its_address(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCH_URL", f" {url} ")

    assert search_url() == url


@pytest.mark.parametrize("url", ["search.example:9200", "https://u:s3cret@", "https://u:s3cret@host/?index=Ä", "https://u:s3cret@host/?name=x"])
def test_what_names_no_search_server_is_refused_and_its_password_not_repeated(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCH_URL", url)

    with pytest.raises(UnsafeStart, match="SEARCH_URL must be an address") as refused:
        search_url()
    assert "s3cret" not in str(refused.value)


def test_a_search_server_needs_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCH_URL", "http://127.0.0.1:9200")
    monkeypatch.setattr("newsroom.env.find_spec", lambda _: None)

    with pytest.raises(UnsafeStart, match="needs opensearch-py"):
        search_url()


@pytest.mark.parametrize("value", ["", "   "])
def test_an_empty_setting_is_as_good_as_none(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", value)

    with pytest.raises(UnsafeStart, match="SECRET_KEY"):
        required("SECRET_KEY", debug=False, fallback="never used")
    assert required("SECRET_KEY", debug=True, fallback="for one machine") == "for one machine"


def test_the_data_folder_is_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "deep" / "data"))

    assert data_dir(tmp_path).is_dir()


def test_without_a_setting_data_lies_beside_the_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DATA_DIR", raising=False)

    assert data_dir(tmp_path) == (tmp_path / "data").resolve()


def test_the_local_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    first = local_secret(tmp_path)

    assert len(first) >= 50
    assert local_secret(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


@pytest.mark.parametrize("typed", ["abc", "0", "-1", "65536", "8000x", "٨"])
def test_a_port_that_is_none_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setenv("PORT", typed)

    with pytest.raises(UnsafeStart, match="PORT must be a whole number from 1 to 65535"):
        whole("PORT", default=8000, most=65_535)


@pytest.mark.parametrize(
    "url", ["https://u:p@a.org", "https://a.org#f", 'https://a b"<', "http://[x", "ftp://a.org", "https://a.org/x"]
)
def test_what_is_no_origin_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("SITE_URL", url)

    with pytest.raises(UnsafeStart, match="SITE_URL must be an origin"):
        site_url(debug=False)


@pytest.fixture(name="with_storages")
def _with_storages(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the packages for buckets were installed, and nobody had given keys."""
    monkeypatch.setattr(env, "find_spec", lambda name: name)
    monkeypatch.setattr(env.env.ENVIRON, "files_cache", {})  # what was read in files before
    for name in ("MEDIA_STORAGE_URL", *env.KEYS, *(f"{key}_FILE" for key in env.KEYS)):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("value", ["", "  "])
def test_pictures_lie_in_a_folder_unless_a_bucket_is_named(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIA_STORAGE_URL", value)

    backends = {name: one["BACKEND"] for name, one in picture_storages().items()}

    assert backends == {
        "default": "django.core.files.storage.FileSystemStorage", "renditions": "articles.media.shelf.Folder",
    }  # fmt: skip


@pytest.mark.usefixtures("with_storages")
def test_a_bucket_holds_originals_and_below_them_renditions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIA_STORAGE_URL", "s3://news-pictures/site/a?endpoint=https://s3.example.org:9000&region=eu-central-1")

    made = picture_storages()

    assert {one["BACKEND"] for one in made.values()} == {"newsroom.bucket.Bucket"}
    assert made["default"]["OPTIONS"] == {
        "bucket_name": "news-pictures", "location": "site/a", "endpoint_url": "https://s3.example.org:9000",
        "region_name": "eu-central-1", "file_overwrite": False,
    }  # fmt: skip
    assert made["renditions"]["OPTIONS"] == made["default"]["OPTIONS"] | {"location": "site/a/renditions", "file_overwrite": True}


@pytest.mark.usefixtures("with_storages")
@pytest.mark.parametrize("url", ["s3://news-pictures", "s3://news-pictures/"])
def test_a_bucket_needs_neither_prefix_nor_endpoint_nor_region(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIA_STORAGE_URL", url)

    options = {name: one["OPTIONS"] for name, one in picture_storages().items()}

    assert (options["default"]["location"], options["renditions"]["location"]) == ("", "renditions")
    assert (options["default"]["endpoint_url"], options["default"]["region_name"]) == (None, None)


@pytest.mark.usefixtures("with_storages")
@pytest.mark.parametrize(
    "url",
    [
        "/var/pictures", "s3:", "s3:///prefix", "https://pictures/site", "s3://Pictures", "s3://p", "s3://pictures:9000/",
        "s3://pictures?endpoint=s3.example.org", "s3://pictures?endpoint=", "s3://pictures?endpoint=https://s3.example.org/path",
        "s3://pictures?region=", "s3://pictures?acl=public", "s3://pictures/../other", "s3://pictures#site", "s3://[pictures/",
    ],
)  # fmt: skip
def test_an_address_of_pictures_that_makes_no_sense_is_refused_with_an_example(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIA_STORAGE_URL", url)

    with pytest.raises(UnsafeStart, match="MEDIA_STORAGE_URL must look like s3://bucket/prefix") as refusal:
        picture_storages()
    assert repr(url) in str(refusal.value)


@pytest.mark.usefixtures("with_storages")
def test_a_key_in_the_address_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIA_STORAGE_URL", "s3://AKIA:hidden@pictures/")

    with pytest.raises(UnsafeStart, match="keys belong in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY") as refusal:
        picture_storages()
    assert "hidden" not in str(refusal.value)


@pytest.mark.usefixtures("with_storages")
def test_keys_of_a_bucket_may_lie_in_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MEDIA_STORAGE_URL", "s3://pictures")
    for name in env.KEYS:
        (tmp_path / name).write_text(f"from the file {name}\n", encoding="ascii")
        monkeypatch.setenv(f"{name}_FILE", str(tmp_path / name))

    options = picture_storages()["renditions"]["OPTIONS"]

    assert (options["access_key"], options["secret_key"]) == tuple(f"from the file {name}" for name in env.KEYS)


@pytest.mark.usefixtures("with_storages")
@pytest.mark.parametrize(("given", "missing"), [env.KEYS, env.KEYS[::-1]])
def test_half_a_pair_of_keys_is_refused(given: str, missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIA_STORAGE_URL", "s3://pictures")
    monkeypatch.setenv(given, "value")

    with pytest.raises(UnsafeStart, match=f"Not set: {missing}"):
        picture_storages()


@pytest.mark.parametrize("lacking", ["storages", "boto3"])
def test_a_bucket_without_the_packages_for_it_says_what_to_install(lacking: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIA_STORAGE_URL", "s3://pictures")
    monkeypatch.setattr(env, "find_spec", lambda name: None if name == lacking else name)

    with pytest.raises(UnsafeStart, match=r"pip install -r deploy/requirements\.txt"):
        picture_storages()


def test_a_wrong_address_of_pictures_stops_the_start_in_one_line(tmp_path: Path) -> None:
    answer = manage("check", tmp_path, **COMPLETE, MEDIA_STORAGE_URL="ftp://pictures")

    assert answer.returncode == 1
    assert answer.stderr.startswith("MEDIA_STORAGE_URL must look like s3://")
    assert len(answer.stderr.splitlines()) == 1

"""What can be checked of the other files without starting them: they load, fit together and fit the program."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bench.tools import PLACES
from newsroom.keeper import PATIENCE
from newsroom.management.commands.serve import LAST_REQUESTS

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
ANALYZE = shutil.which("systemd-analyze")
VARNISH = shutil.which("varnishd", path=PLACES)


@pytest.fixture(name="compose")
def _compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return loaded


def service() -> dict[str, list[str]]:
    """The unit's lines by name; a name may occur more than once."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r"^([A-Za-z]+)=(.*)$", (DEPLOY / "newsroom.service").read_text(encoding="utf-8"), re.MULTILINE):
        found.setdefault(name, []).append(value)
    return found


def test_containers_depend_only_on_each_other(compose: dict[str, Any]) -> None:
    services = compose["services"]

    assert {"node_a", "node_b", "postgres", "redis", "nginx", "migrate"} == set(services)
    for name, one in services.items():
        assert set(one.get("depends_on", {})) <= set(services) - {name}
        assert set(one.get("secrets", [])) <= set(compose["secrets"])
        volumes = {volume.split(":")[0] for volume in one.get("volumes", []) if not volume.startswith(".")}
        assert volumes <= set(compose["volumes"])


def test_connections_at_a_worker_that_goes_are_served_by_another(compose: dict[str, Any]) -> None:
    (setting,) = [line for line in (DEPLOY / "newsroom-sysctl.conf").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    name, value = setting.split(" = ")

    assert compose["services"]["node_a"]["sysctls"] == {name: int(value)} == {"net.ipv4.tcp_migrate_req": 1}


def test_nodes_of_the_containers_share_pictures_and_nothing_else(compose: dict[str, Any]) -> None:
    first, second = (set(compose["services"][name]["volumes"]) for name in ("node_a", "node_b"))

    assert first & second == {"media:/data/media"}
    assert compose["services"]["node_a"]["environment"] == compose["services"]["node_b"]["environment"]


def test_nginx_knows_the_addresses_of_the_nodes(compose: dict[str, Any]) -> None:
    given = [compose["services"][name]["networks"]["default"]["ipv4_address"] for name in ("node_a", "node_b")]
    known = re.findall(r"server ([\d.]+):8000 ", (DEPLOY / "nodes.compose.conf").read_text(encoding="utf-8"))

    assert known == given


def test_files_that_containers_see_exist(compose: dict[str, Any]) -> None:
    mounted = [volume.split(":")[0] for volume in compose["services"]["nginx"]["volumes"]]

    assert [name for name in mounted if name != "./tls" and not (DEPLOY / name).is_file()] == []


def test_the_image_holds_all_that_the_program_needs() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    copied = {line.split()[1] for line in text.splitlines() if line.startswith("COPY")}

    assert copied == {"requirements.txt", "deploy/requirements.txt", "manage.py", "newsroom", "articles", "templates", "static"}
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_every_setting_named_here_is_one_the_program_reads(compose: dict[str, Any]) -> None:
    documented = set(re.findall(r"`([A-Z_]{4,})`", (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")))
    named = {name.removesuffix("_FILE") for name in compose["services"]["node_a"]["environment"]}

    assert named <= documented


def test_nobody_is_killed_before_his_time_to_leave_is_over(compose: dict[str, Any]) -> None:
    needed = LAST_REQUESTS + PATIENCE

    assert float(service()["TimeoutStopSec"][0]) > needed
    assert float(compose["services"]["node_a"]["stop_grace_period"].removesuffix("s")) > needed


def test_systemd_tells_only_the_parent_to_stop() -> None:
    assert service()["KillMode"] == ["mixed"]
    assert "manage.py serve" in service()["ExecStart"][0]


@pytest.mark.skipif(ANALYZE is None, reason="needs systemd-analyze")
def test_systemd_understands_the_unit() -> None:
    told = subprocess.run(
        [str(ANALYZE), "verify", "--man=no", str(DEPLOY / "newsroom.service")], capture_output=True, text=True, check=False
    )

    complaints = [line for line in told.stderr.splitlines() if "newsroom.service" in line and "is not executable" not in line]
    assert complaints == []


def test_varnish_lets_nobody_else_purge() -> None:
    text = (DEPLOY / "varnish.vcl").read_text(encoding="utf-8")

    assert 0 < text.index("client.ip !~ nodes") < text.index("ban(")


@pytest.mark.skipif(VARNISH is None, reason="needs varnishd and a C compiler")
def test_varnish_understands_its_file(tmp_path: Path) -> None:
    told = subprocess.run(
        [str(VARNISH), "-C", "-n", str(tmp_path), "-f", str(DEPLOY / "varnish.vcl")], capture_output=True, text=True, check=False
    )

    assert told.returncode == 0, told.stderr

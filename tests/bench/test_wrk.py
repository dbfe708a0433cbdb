"""What wrk prints, and the script that makes it print that."""

from __future__ import annotations

import pytest

from bench.wrk import Measured, NoFigures, middle, read, script

OUTPUT = """Running 5s test @ http://127.0.0.1:8120/
  2 threads and 8 connections
  Latency Distribution
     50%    1.31ms
     99%    3.74ms
  215812 requests in 5.01s, 1.80GB read
Requests/sec:  43076.25
FIGURES {"requests":215812,"microseconds":5010000,"bytes":1932735283,"bad_status":2,"broken":3,"p50":1310,"p99":3740}
"""


def measured(per_second: float, *, p99: float = 1.0, broken: int = 0) -> Measured:
    return Measured(100, per_second, p50=1.0, p99=p99, bad_status=0, broken=broken)


def test_figures_are_read_from_our_own_line() -> None:
    found = read(OUTPUT)

    assert round(found.per_second) == 43_076
    assert (found.p50, found.p99, found.errors) == (1.31, 3.74, 5)


def test_a_server_that_answered_nothing_has_no_speed() -> None:
    silent = 'FIGURES {"requests":0,"microseconds":0,"bytes":0,"bad_status":0,"broken":8,"p50":0,"p99":0}'

    assert read(silent).per_second == 0.0


def test_a_wrk_that_failed_gives_no_figures() -> None:
    with pytest.raises(NoFigures, match="unable to connect"):
        read("unable to connect to 127.0.0.1:1 Connection refused\n")


def test_rounds_are_joined_by_their_median_and_errors_added_up() -> None:
    joined = middle([measured(10, p99=9.0), measured(30, p99=1.0, broken=2), measured(20, p99=2.0, broken=1)])

    assert (joined.per_second, joined.p99, joined.errors, joined.requests) == (20, 2.0, 3, 300)


def test_a_path_cannot_break_out_of_the_script() -> None:
    made = script(['/inland/"quoted"-1/', "/b/"])

    assert '"/inland/\\"quoted\\"-1/", "/b/"' in made
    assert "function delay" not in made


def test_readers_who_pause_do_so_for_the_given_time_on_average() -> None:
    assert "math.random(0, 8)" in script(pause=4)
    assert "function request" not in script(pause=4)

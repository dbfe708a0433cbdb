"""The databases as the environment names them: one that is written to, perhaps a replica that readers' pages ask."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from newsroom.env import UnsafeStart, env, whole

Database = dict[str, Any]
CONNECT_WITHIN = 2  # seconds; whoever cannot reach the replica asks the primary
SILENT_FOR = 5000  # milliseconds after which a connection to it counts as broken
CONNECTION_WITHIN = 10.0  # seconds that a request waits for one of the pool


def databases(data: Path) -> dict[str, Database]:
    """`default` is written to; `replica` exists where DATABASE_REPLICA_URL names one."""
    found = {"default": _finished(env.db("DATABASE_URL", default=f"sqlite:///{data / 'newsroom.sqlite3'}"))}
    if env.str("DATABASE_REPLICA_URL", default="").strip():
        replica = _finished(env.db("DATABASE_REPLICA_URL"))
        if replica["ENGINE"] != found["default"]["ENGINE"]:
            raise UnsafeStart("DATABASE_REPLICA_URL must name a replica of the database in DATABASE_URL, not one of another kind.")
        if not _is_sqlite(replica):
            replica["OPTIONS"].get("pool", {}).update(timeout=CONNECT_WITHIN)
            replica["OPTIONS"] = {"connect_timeout": CONNECT_WITHIN, "tcp_user_timeout": SILENT_FOR} | replica["OPTIONS"]
        found["replica"] = replica | {"TEST": {"MIRROR": "default"}}
    return found


def _finished(database: Database) -> Database:
    # A connection stays with its thread: opening one takes longer than most pages' queries.
    database.update(CONN_MAX_AGE=None, CONN_HEALTH_CHECKS=True)
    if _is_sqlite(database):
        database["OPTIONS"] = {
            # Writers queue at BEGIN instead of failing at their first write; 20 s covers the slowest commit seen.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                # Every thread has a connection with a cache: small, for the system holds the file in memory anyway.
                "PRAGMA cache_size=-500; PRAGMA mmap_size=8388608; PRAGMA temp_store=MEMORY; "
                # Pages of 4 kB that a transaction may change before it writes one out, to write it again at its commit.
                "PRAGMA cache_spill=2000;"
            ),
        }
    else:
        # Lists are prepared once a connection (articles/models/compiled.py); behind a pooler that cannot, say so in the URL.
        options = database.setdefault("OPTIONS", {})
        if options.setdefault("prepare_threshold", 5) == "None":
            options["prepare_threshold"] = None
            database["DISABLE_SERVER_SIDE_CURSORS"] = True
        else:
            # A list walks the same index whatever its values; planning it each time takes longer than walking it.
            options.setdefault("options", "-c plan_cache_mode=force_generic_plan")
    return _pooled(database)


def _pooled(database: Database) -> Database:
    """With DATABASE_POOL the threads of a process share so many connections, given back after each request."""
    if not env.str("DATABASE_POOL", default="").strip():
        return database
    most = whole("DATABASE_POOL", default=1, most=1000)
    if _is_sqlite(database):
        raise UnsafeStart("DATABASE_POOL is for PostgreSQL: set DATABASE_URL as well, or leave it out.")
    database["CONN_MAX_AGE"] = 0
    database["OPTIONS"]["pool"] = {"min_size": 1, "max_size": most, "timeout": CONNECTION_WITHIN}
    return database


def _is_sqlite(database: Database) -> bool:
    return str(database["ENGINE"]).endswith("sqlite3")

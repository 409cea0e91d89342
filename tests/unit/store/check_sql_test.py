#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Each statement below must be refused by tools/check_sql, each good one taken."""
import subprocess
import sys
import tempfile
from pathlib import Path

CHECK = Path(__file__).resolve().parents[3] / "tools" / "check_sql"
TABLES = """-- place: school_id
create table evidence (school_id bigint not null, a bigint, primary key (school_id));
-- place: reference
create table org (org_id bigint not null, primary key (org_id));
"""
BAD = [
    "select a from evidence where school_id = $1 for update",
    "select a::text from org",
    "select now()",
    "select random()",
    "select avg(a) from org",
    "select round(a) from org",
    "select sum(a) from org",
    "select a / 2 from org",
    "select * from org",
    "select json_extract(a) from org",
    "select greatest(a, b) from org",
    "insert or ignore into org (org_id) values ($1)",
    "replace into org (org_id) values ($1)",
    "select rowid from org",
    "select a from org where b ilike $1",
    "select a from evidence where a = $1",
    "update evidence set a = $1",
    "delete from evidence",
]
GOOD = [
    "select a from evidence where school_id = $1",
    "select cast(sum(a) as bigint) from org",
    "insert into org (org_id) values ($1) on conflict (org_id) do nothing",
]
BAD_SQL = [
    "create table t (a bigint, primary key (a));",
    "-- place: reference\ncreate table t (a integer, primary key (a));",
    "-- place: reference\ncreate table t (a bigint references o (a) on delete cascade);",
]


def run(cpp="", sql=""):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "migrations").mkdir()
        (folder / "migrations" / "0001_a.sql").write_text(TABLES)
        (folder / "migrations" / "0002_b.sql").write_text(sql)
        (folder / "a.cpp").write_text(cpp)
        return subprocess.run([CHECK, folder], capture_output=True).returncode


def function(name, statement):
    return f'void {name}(Db& db) {{\n    execute(db, "{statement[:9]}"\n        "{statement[9:]}");\n}}\n'


def main():
    faults = [s for s in BAD if run(function("read", s)) == 0]
    faults += [s for s in BAD_SQL if run(sql=s) == 0]
    faults += [s for s in GOOD if run(function("read", s)) != 0]
    if run(function("count_across_schools", "select a from evidence where a = $1")) != 0:
        faults.append("_across_schools")
    print("\n".join(faults) or "check_sql refuses what it should")
    return 1 if faults else 0


sys.exit(main())

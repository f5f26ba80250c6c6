#!/usr/bin/env python3
"""Writes the demo data of Quảng Ninh: python3 tools/make_demo/make_demo.py [--check] [--out FOLDER]. See README.md."""

import argparse
import sys
from pathlib import Path

try:
    import shapely  # noqa: F401
except ImportError:
    sys.exit("make_demo needs shapely: apt-get install python3-shapely (and run /usr/bin/python3).")

import check
import facts
import files

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "data" / "quang_ninh"


def main():
    parser = argparse.ArgumentParser(description="Writes the demo data of Quảng Ninh from the facts it lies beside.")
    parser.add_argument("--check", action="store_true", help="write nothing; say whether the files are what would be written")
    parser.add_argument("--out", type=Path, default=DEMO, help="the folder to write to (default: data/quang_ninh)")
    arguments = parser.parse_args()
    given = facts.read(DEMO / "facts")
    made = files.make(given)
    problems = check.problems(given, made)
    if problems:
        sys.exit("make_demo made something wrong:\n  " + "\n  ".join(problems))
    if arguments.check:
        differing = [name for name, text in made.items() if not _same(arguments.out / name, text)]
        if differing:
            sys.exit("not what the generator writes: " + ", ".join(differing))
        print(f"{len(made)} files are byte for byte what the generator writes")
        return
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (arguments.out / name).write_bytes(text.encode("utf-8"))
    print(f"{len(made)} files written to {arguments.out}")


def _same(path, text):
    return path.is_file() and path.read_bytes() == text.encode("utf-8")


if __name__ == "__main__":
    main()

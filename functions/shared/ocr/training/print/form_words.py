"""Words that any form or document prints, from the data that the reader knows them by.

Labels and closed lists only: nothing here is a person's.
"""

import json
import re
from functools import lru_cache
from pathlib import Path

SHARED = Path(__file__).resolve().parents[3]
LABELS = SHARED / "ocr/src/layout/labels.txt"
DATA = SHARED / "casework/data"


def lines(path):
    """The lines of a list: no notes, no headings of parts."""
    return [line for line in path.read_text().splitlines() if line and line[0] not in "#["]


def labels():
    """Every way to write every label, in each language."""
    for line in lines(LABELS):
        _, _, ways = line.partition(" = ")
        yield from (way for way in re.split(r" [/|] ", ways) if len(way) > 1)


def named(value):
    """What a card's schema or the list of countries calls things, however deep."""
    if isinstance(value, list):
        for entry in value:
            yield from named(entry)
    elif isinstance(value, dict):
        for key, entry in value.items():
            if key in ("labels", "names"):
                yield from entry.values()
            elif key == "also":
                yield from entry
            else:
                yield from named(entry)


@lru_cache(maxsize=None)
def all_words():
    """All of them, each once, in an order that never changes."""
    listed = [entry for name in ("authorities", "nationalities") for entry in lines(DATA / f"{name}.txt")]
    departments = [place for line in lines(DATA / "police_departments.txt") for place in line.split(" = ")]
    schemas = [DATA / "countries.json", *sorted(DATA.glob("card/*.json"))]
    called = [name for path in schemas for name in named(json.loads(path.read_text()))]
    return tuple(sorted({*labels(), *listed, *departments, *called}))

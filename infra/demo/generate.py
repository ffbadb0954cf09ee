"""Makes the demonstration agency's files under ``data/``: ``python -m infra.demo.generate``. Always the
same ones.
"""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from infra.demo import gerance, suppliers, syndic
from infra.demo.people import People

DATA = Path(__file__).parent / "data"
Records = dict[str, list[dict[str, Any]]]


def generate() -> Records:
    """Return every record, by collection."""
    people = People(random.Random(2026))  # noqa: S311 - the same demonstration every time
    parts = (syndic.records(people), gerance.records(people), suppliers.records(), {"parties": people.records})
    made: Records = {"staff": suppliers.staff()}
    for part in parts:
        for collection, records in part.items():
            made.setdefault(collection, []).extend(records)
    return made


def files() -> Iterator[tuple[Path, str]]:
    """Return each file with its text: one record a line, so that a change shows."""
    for collection, records in generate().items():
        lines = ",\n".join(json.dumps(record, ensure_ascii=False) for record in records)
        yield DATA / f"{collection}.json", f"[\n{lines}\n]\n"


if __name__ == "__main__":
    for path, text in files():
        path.write_text(text, "utf-8")
        print(path.name, text.count("\n") - 2)

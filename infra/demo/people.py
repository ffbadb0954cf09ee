"""The people of the demonstration: each is made once, with an address, a mobile and, mostly, an e-mail."""

import random
import unicodedata
from collections.abc import Mapping
from typing import Any

from infra.demo.names import FIRST_NAMES, LAST_NAMES, STREETS, TOWN

Record = dict[str, Any]
_WITHOUT_EMAIL = 12  # one in so many is reached by telephone only


def slug(text: str) -> str:
    """Return a name as it stands in an e-mail address."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    kept = (char if char.isascii() and char.isalnum() else "-" for char in plain if not unicodedata.combining(char))
    return "-".join(part for part in "".join(kept).split("-") if part)


def mobile(number: int) -> str:
    """Return one of the ten thousand mobiles that ARCEP keeps for fiction."""
    return f"06 39 98 {number // 100 % 100:02d} {number % 100:02d}"


def phone(number: int) -> str:
    """Return one of the ten thousand telephones of Paris that ARCEP keeps for fiction."""
    return f"01 99 00 {number // 100 % 100:02d} {number % 100:02d}"


class People:
    """Makes people with names of their own."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.records: list[Record] = []
        names = [(civility, first, last) for last in LAST_NAMES for civility, first in FIRST_NAMES]
        self._names = iter(chance.sample(names, len(names)))

    def person(self, known: Mapping[str, str] | None = None, *, at: Record | None = None) -> str:
        """Make a person and return his id."""
        civility, first, last = next(self._names)
        said = {"civility": civility, "first_name": first, "last_name": last, **(known or {})}
        number = len(self.records) + 1
        email = f"{slug(said['first_name'])}.{slug(said['last_name'])}@clients.example"
        contact = {"emails": [] if number % _WITHOUT_EMAIL == 0 else [email], "mobiles": [mobile(number)]}
        return self._add({**said, "address": at or self._address(number), "contact": contact})

    def company(self, name: str, correspondent: str) -> str:
        """Make a company with somebody to talk to, and return its id."""
        number = len(self.records) + 1
        email = f"{slug(name)}@societes.example"
        talks = {"name": correspondent, "function": "Gérant", "contact": {"mobiles": [mobile(number)]}}
        contact = {"emails": [email], "phones": [phone(number)]}
        said = {"kind": "company", "last_name": name, "address": self._address(number), "contact": contact}
        return self._add({**said, "correspondents": [talks]})

    def _add(self, record: Record) -> str:
        identifier = f"P{len(self.records) + 1:04d}"
        self.records.append({"id": identifier, **record})
        return identifier

    def _address(self, number: int) -> Record:
        street = STREETS[number % len(STREETS)]
        return {"line_1": f"{number % 89 + 1} {street}", "postcode": TOWN[0], "city": TOWN[1]}

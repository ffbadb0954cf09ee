"""Addresses and numbers as the back office holds them, made usable; what cannot be used is remarked, not
refused.

A person is worth more than his mistyped fax: the line is taken without it. A number that is no mobile is
kept as a telephone, so that people still read it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from palier.kernel.contacts import is_email
from palier.portfolio.phones import mobile_e164
from palier.publication.model import Remark

Json = dict[str, Any]


def usable(record: Mapping[str, Any], remarks: list[Remark], path: str = "") -> Json:
    """Return a record with every contact in it made usable, adding to ``remarks``."""
    found = dict(record)
    if "contact" in found:
        found["contact"] = _contact(found["contact"], remarks, f"{path}contact")
    people = found.get("correspondents", [])
    if people:
        found["correspondents"] = [usable(one, remarks, f"{path}correspondents.{at}.") for at, one in enumerate(people)]
    return found


def _contact(contact: Mapping[str, list[str]], remarks: list[Remark], path: str) -> Json:
    emails = [email for email in contact["emails"] if is_email(email)]
    refused = [email for email in contact["emails"] if not is_email(email)]
    numbers = {text: mobile_e164(text) for text in contact["mobiles"]}
    others = [text for text, mobile in numbers.items() if mobile is None]
    remarks += [Remark("BAD_EMAIL", f"{path}.emails", "left out") for _ in refused]
    remarks += [Remark("NOT_A_MOBILE", f"{path}.mobiles", "kept as a telephone") for _ in others]
    mobiles = [mobile for mobile in numbers.values() if mobile]
    return {"emails": _once(emails), "mobiles": _once(mobiles), "phones": _once([*contact["phones"], *others])}


def _once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))

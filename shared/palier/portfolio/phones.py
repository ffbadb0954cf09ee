"""Mobile numbers to E.164, overseas prefixes included (law.md §10). Only for the import: phonenumbers is
heavy.

The trap: ``0692…`` read as a French number becomes the invalid +33692…, so each region is tried and the
first where the number is valid wins.
"""

import re

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

_REGIONS = ("FR", "RE", "GP", "MQ", "GF", "YT")
_MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})
# ARCEP keeps 06 39 98 xx xx for fiction: no region has it, and the demonstration lives on it.
_FICTION = re.compile(r"(?:0|\+33|0033)63998(\d{4})")


def mobile_e164(text: str) -> str | None:
    """Return a mobile number as ``+33612345678``; None when no mobile can be reached under it."""
    compact = re.sub(r"[^\d+]", "", text.replace("(0)", ""))
    fiction = _FICTION.fullmatch(compact)
    if fiction:
        return f"+3363998{fiction[1]}"
    readings = (_read(compact, region) for region in _REGIONS)
    return next((found for found in readings if found), None)


def _read(text: str, region: str) -> str | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) not in _MOBILE:
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)

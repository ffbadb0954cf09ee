"""The number that an SMS goes to, in international form."""

import re

from palier.aws.mail import SendRefusedError

_INTERNATIONAL = re.compile(r"\+[1-9]\d{6,14}")


def number_of(address: str) -> str:
    """Return a number as operators take it. Raises :class:`SendRefusedError` when no mobile has it."""
    if _INTERNATIONAL.fullmatch(address):
        return address
    from palier.portfolio.phones import mobile_e164  # its tables are heavy, and most numbers come normalised

    number = mobile_e164(address)
    if number is None:
        raise SendRefusedError("InvalidNumber")
    return number

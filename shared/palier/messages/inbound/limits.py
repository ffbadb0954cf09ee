"""How much of a mail is read. What lies beyond is not lost: the raw original stays, and the mail says so."""

from typing import Final

from msgspec import Struct

_KILO: Final = 1024
_MEGA: Final = 1024 * 1024


class Limits(Struct, frozen=True):
    """Every bound of the parser in one place: the work done for one mail is a function of these."""

    total_bytes: int = 40 * _MEGA  # SES delivers up to 40 MB
    depth: int = 20  # containers inside containers
    parts: int = 300
    attachments: int = 100
    header_block_bytes: int = 2 * _MEGA  # per entity
    header_lines: int = 5_000
    header_value_chars: int = 64 * _KILO
    addresses: int = 300
    references: int = 200
    boundary_hits: int = 5_000  # looks at one delimiter per container
    text_chars: int = 200_000
    html_chars: int = 600_000
    html_depth: int = 300  # a sanitiser's tree walk is quadratic in it
    quote_lines: int = 20_000  # lines looked at for reply markers
    tnef_objects: int = 2_000


DEFAULT_LIMITS: Final = Limits()

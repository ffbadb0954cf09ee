"""Section 4: what a thousand tickets cost on AWS, from what section 2 counted. Pure.

``LIFE`` says how often each counted thing happens in the life of one ordinary order, from the mail that starts it to
its closing; whoever disagrees changes a number there. Waiting is estimated, for only AWS has AWS's latency.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from infra.bench.prices import PRICES, Prices
from infra.bench.results import Counted, Kind

TICKETS = 1000
MEMORY_GB = 1.0
_SHARE = 1024 / 1769  # of a processor, at that memory
_READ_MS, _WRITE_MS, _OTHER_MS = 4.0, 9.0, 15.0  # waiting for one request, on AWS
COLD_SHARE, COLD_MS = 0.02, 350.0
_LOG_KB = 0.7  # an invocation
_FILES_MB, _ROWS_KB, _MONTHS = 0.35, 14.0, 12  # what a ticket leaves behind: photos, mail, PDF; its partition
_MAIL_IN, _MAIL_OUT = "E-mail reçu, 100 ko", "Envoyer un e-mail"

LIFE: Mapping[str, float] = {
    _MAIL_IN: 0.6,
    "Portail : envoyer une demande": 0.25,
    "Créer un ordre de service": 0.15,
    "Valider un pré-ticket": 0.85,
    "Ticket : validation": 0.85,
    "Ticket : création": 0.15,
    "Tickets : en cours, les miens": 6,
    "Ticket": 8,
    "Marquer comme lu": 3,
    "Ajouter une note": 0.5,
    "Écrire à l’intervenant": 0.5,
    "Intervenant : la demande": 4,
    "Intervenant : accepter": 1,
    "Intervenant : fin": 1,
    "Intervenant : message": 0.3,
    "Connexion": 1,
    "Se connecter": 1,
    "Portail : accueil": 2,
    "Portail : mes demandes": 1,
    "Portail : une intervention": 2,
    "Portail : message": 0.3,
    "Clôturer": 1,
    "Résumé PDF": 1,
    "Une relance échoit": 0.5,
    "Après un nouvel ordre (flux)": 7,
    _MAIL_OUT: 6,
}
_PEOPLE = frozenset({Kind.PAGE, Kind.COMMAND, Kind.CREATION})


class Line(NamedTuple):
    """One line of the bill: how many of what, and its price."""

    what: str
    quantity: float
    unit: str
    usd: float


class Bill(NamedTuple):
    """What a thousand tickets cost; ``missing`` are things of their life that were not counted."""

    lines: tuple[Line, ...]
    missing: tuple[str, ...]

    @property
    def usd(self) -> float:
        """Return the whole."""
        return sum(line.usd for line in self.lines)


def bill(counted: Sequence[Counted], prices: Prices = PRICES, life: Mapping[str, float] = LIFE) -> Bill:
    """Return the bill of a thousand tickets."""
    known = {one.name: one for one in counted}
    happened = [(known[name], often * TICKETS) for name, often in life.items() if name in known]
    missing = tuple(name for name in life if name not in known)
    return Bill((*_table(happened, prices), *_compute(happened, prices), *_around(happened, prices)), missing)


Happened = Sequence[tuple[Counted, float]]


def _table(happened: Happened, prices: Prices) -> list[Line]:
    writes = sum(one.write_units * often for one, often in happened)
    reads = sum(one.read_units * often for one, often in happened)
    kept = TICKETS * _ROWS_KB / 1e6 * _MONTHS
    return [
        Line("DynamoDB, writes", writes, "units", writes * prices.write_unit),
        Line("DynamoDB, reads", reads, "units", reads * prices.read_unit),
        Line("DynamoDB, kept a year", kept, "GB-months", kept * prices.table_gb_month),
    ]


def _compute(happened: Happened, prices: Prices) -> list[Line]:
    calls = sum(often for _, often in happened)
    seconds = sum((billed_ms(one) + COLD_SHARE * COLD_MS) * often for one, often in happened) / 1000
    web = sum(often for one, often in happened if one.kind in _PEOPLE)
    logs = calls * _LOG_KB / 1e6
    return [
        Line("Lambda, time", seconds * MEMORY_GB, "GB-s", seconds * MEMORY_GB * prices.lambda_gb_second),
        Line("Lambda, requests", calls, "requests", calls * prices.lambda_request),
        Line("API Gateway", web, "requests", web * prices.rest_api_request),
        Line("Logs", logs, "GB", logs * prices.log_gb),
    ]


def _around(happened: Happened, prices: Prices) -> list[Line]:
    mails = sum(often for one, often in happened if one.name in {_MAIL_IN, _MAIL_OUT})
    puts, gets = _asked(happened, "s3.PutObject"), _asked(happened, "s3.GetObject")
    queued = 3 * _asked(happened, "sqs.SendMessage")  # sent, received, deleted
    files = TICKETS * _FILES_MB / 1e3 * _MONTHS
    return [
        Line("E-mails in and out", mails, "mails", mails * prices.ses_mail),
        Line("S3, requests", puts + gets, "requests", puts * prices.s3_put + gets * prices.s3_get),
        Line("S3, kept a year", files, "GB-months", files * prices.s3_gb_month),
        Line("SQS", queued, "requests", queued * prices.sqs_request),
    ]


def _asked(happened: Happened, operation: str) -> float:
    return sum(one.others.get(operation, 0) * often for one, often in happened)


def billed_ms(one: Counted) -> float:
    """Return how long one warm invocation lasts at our memory: its work on a part of a processor, and its waiting."""
    waiting = one.reads * _READ_MS + (one.transactions + one.single_writes) * _WRITE_MS
    return one.cpu_ms / _SHARE + waiting + sum(one.others.values()) * _OTHER_MS

"""The operator's commands, run in the AWS console with the saved test events of ``events/admin`` (PLT-007).

Trigger: invocation by hand; IAM says who may. Reads and writes the table and the queues. A refusal comes back as
``{"refused": code}``; nothing is retried. What is shown once (passwords, keys) is only in the answer, never in a log.
"""

import datetime as dt
import secrets
from collections.abc import Callable
from typing import Annotated, Any, Literal

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from palier.agencies.api_keys import EVERY_SCOPE, ApiKey, add_api_key, rotate_api_key
from palier.agencies.commands import NewAgency, Scope, add_agency, set_identity, set_setting
from palier.agencies.dead_letters.store import Queue, redrive
from palier.agencies.store import list_agencies, read_agency
from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys
from palier.aws.table import Table
from palier.kernel.clock import SystemClock
from palier.kernel.errors import PalierError
from palier.kernel.ids import AgencyId, PartyId
from palier.people.administrators import NewAdministrator, add_administrator, give_password
from palier.people.disclosure import erase_person, export_person
from palier.people.passwords import temporary_password

logger = Logger(service="admin")
table = Table()
clock = SystemClock()

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,30}$")]


class Command(BaseModel):
    """One thing the operator asks for; a key that is not known is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid")


class Administrator(Command):
    """The agency's first administrator."""

    last_name: Annotated[str, Field(min_length=1, max_length=80)]
    first_name: str = ""
    email: str = ""
    login: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{0,60}$")] = ""


class CreateAgency(Command):
    """Make an agency, its first administrator and its first API key."""

    command: Literal["create_agency"]
    agency: Slug
    name: Annotated[str, Field(min_length=1, max_length=120)]
    hosts: tuple[Annotated[str, Field(pattern=r"^[a-z0-9.-]{1,253}$")], ...] = ()
    zone: str = "Europe/Paris"
    modules: tuple[Literal["gerance", "syndic"], ...] = ("gerance", "syndic")
    default: bool = False
    administrator: Administrator

    def run(self) -> dict[str, Any]:
        """Make it all in one transaction."""
        now, keys = clock.now(), AgencyKeys(AgencyId(self.agency))
        password = temporary_password(secrets.choice)
        changes = Changes()
        add_agency(changes, NewAgency(keys.agency, self.name, self.hosts, self.zone, self.modules, self.default))
        who = NewAdministrator(**self.administrator.model_dump())
        account = add_administrator(changes, keys, who, password)
        key = add_api_key(changes, keys, secrets.token_urlsafe(32), ApiKey("back office", EVERY_SCOPE, now))
        changes.commit()
        return {"agency": self.agency, "login": account.login, "one_time_password": password, "api_key": key}


class ListAgencies(Command):
    """List the agencies."""

    command: Literal["list_agencies"]

    def run(self) -> dict[str, Any]:
        """Read them one by one."""
        agencies = [read_agency(table, agency) for agency in list_agencies(table)]
        return {"agencies": [{"id": one.id, "name": one.name, "hosts": one.hosts} for one in agencies]}


class SetSetting(Command):
    """Set a key of section 40, for the agency or one module; null goes back to the default."""

    command: Literal["set_setting"]
    agency: Slug
    scope: Scope | Literal["identity"] = "agency"
    key: str
    value: Any = None

    def run(self) -> dict[str, Any]:
        """Set it."""
        if self.scope == "identity":
            set_identity(table, AgencyId(self.agency), self.key, self.value)
        else:
            set_setting(table, AgencyId(self.agency), self.scope, self.key, self.value)
        return {"agency": self.agency, "key": self.key, "value": self.value}


class RotateApiKey(Command):
    """Make a new API key; the present ones end after some hours."""

    command: Literal["rotate_api_key"]
    agency: Slug
    overlap_hours: Annotated[int, Field(ge=0, le=24 * 30)] = 24

    def run(self) -> dict[str, Any]:
        """Rotate it."""
        overlap = dt.timedelta(hours=self.overlap_hours)
        keys = AgencyKeys(AgencyId(self.agency))
        return {"api_key": rotate_api_key(table, keys, secrets.token_urlsafe(32), clock.now(), overlap)}


class GivePassword(Command):
    """Give a one-time password to somebody whom nobody of the agency can help."""

    command: Literal["give_password"]
    agency: Slug
    login: str

    def run(self) -> dict[str, Any]:
        """Give it."""
        password = temporary_password(secrets.choice)
        keys = AgencyKeys(AgencyId(self.agency))
        account = give_password(table, keys, self.login, password, clock.now(), secrets.token_hex(4))
        return {"login": account.login, "one_time_password": password}


class Redrive(Command):
    """Send the dead letters of a queue back to it."""

    command: Literal["redrive"]
    queue: Queue

    def run(self) -> dict[str, Any]:
        """Send them."""
        return {"queue": self.queue, "moved": redrive(self.queue)}


class ExportPerson(Command):
    """Tell everything that is kept about a person (RGPD)."""

    command: Literal["export_person"]
    agency: Slug
    party: str

    def run(self) -> dict[str, Any]:
        """Tell it."""
        return export_person(table, AgencyKeys(AgencyId(self.agency)), PartyId(self.party))


class ErasePerson(Command):
    """Erase a person, unless the law asks to keep something (RGPD)."""

    command: Literal["erase_person"]
    agency: Slug
    party: str

    def run(self) -> dict[str, Any]:
        """Erase him, or say why not."""
        keys = AgencyKeys(AgencyId(self.agency))
        erased = erase_person(table, keys, PartyId(self.party), clock.now(), secrets.token_hex(4))
        return {"erased_rows": erased.rows, "files_that_name_him": erased.files_that_name_him}


_COMMANDS: TypeAdapter[Any] = TypeAdapter(
    Annotated[
        CreateAgency | ListAgencies | SetSetting | RotateApiKey | GivePassword | Redrive | ExportPerson | ErasePerson,
        Field(discriminator="command"),
    ]
)


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:  # noqa: ARG001 - Lambda's signature
    """Run one command and answer it."""
    try:
        run: Callable[[], dict[str, Any]] = _COMMANDS.validate_python(event).run
        answer = run()
    except ValidationError as error:
        return {"refused": "INVALID_COMMAND", "detail": error.errors(include_url=False, include_input=False)}
    except PalierError as error:
        logger.info("refused", extra={"command": event.get("command"), "code": error.code})
        return {"refused": error.code, "detail": error.detail}
    logger.info("done", extra={"command": event.get("command"), "agency": event.get("agency")})
    return answer

"""Loads the demonstration agency into a local cloud, through the doors that everybody uses.

The administrator's function makes the agency, the back-office API takes its portfolio, people sign in on the pages.
A load that was cut short is started again: every step repeats safely.
"""

import json
import os
from pathlib import Path

from infra.demo.agency import Admin, make_agency
from infra.demo.back_office import Api, Say, publish, records_of
from infra.demo.logins import open_all, shown
from infra.demo.play import Play
from palier.publication.model import Collection


def load(people_url: str, aws_endpoint: str, say: Say = print) -> list[dict[str, str]]:
    """Load everything; returns the logins, which the local pages also show."""
    admin = Admin(aws_endpoint)
    api = Api(people_url, make_agency(admin))
    given = publish(api.post, say)
    people = shown({collection: records_of(collection) for collection in Collection})
    logins = open_all(people_url, admin, people, lambda party: given.get(party) or api.login_of(party))
    _show(logins)
    say(f"  {len(logins)} logins")
    Play(people_url, {one["label"]: one["login"] for one in logins}).run(say)
    return logins


def _show(logins: list[dict[str, str]]) -> None:
    """Write them where the local pages look: beside the clock of the cloud that runs this."""
    clock = os.environ.get("LOCAL_CLOCK_FILE")
    if clock:
        text = json.dumps(logins, ensure_ascii=False, indent=1)
        Path(clock).with_name("logins.json").write_text(text, "utf-8")

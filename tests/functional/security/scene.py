"""Two agencies in which everything has happened once, so that there is something of everything to ask for."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from infra.local.testing import LocalCloud
from tests.functional.agencies import EVERYBODY, Agency, make_agency, tomorrow

INTERVENTION, OTHER = "Demande d’intervention", "Autre demande"
_NUMBER = re.compile(r"/(?:gestion/tickets|demandes|interventions)/(\d+)")
_ENGAGEMENT = re.compile(r"/gestion/tickets/\d+/[a-z-]+/([A-Za-z0-9_-]{8,})")
State = dict[tuple[str, str], str]


@dataclass
class Scene:
    """An agency and what happened in it."""

    agency: Agency
    leak: str = ""  # request for an intervention by the owner, with a photo: a pre-ticket
    question: str = ""  # plain request of the neighbour
    boiler: str = ""  # request of the renter (gérance)
    order: str = ""  # ODS to the plumber, accepted, with a note, a message and a summary
    second: str = ""  # ODS to the painter, not answered yet
    engagement: str = ""
    upload: str = ""  # a file that was sent and attached to nothing
    links: dict[str, str] = field(default_factory=dict)

    @property
    def cloud(self) -> LocalCloud:
        return self.agency.cloud

    @property
    def numbers(self) -> tuple[str, ...]:
        return (self.leak, self.question, self.boiler, self.order, self.second)

    @property
    def token(self) -> str:
        """The token of the plumber's link."""
        return self.links["plumber"].rpartition("/")[2]


def two_scenes(cloud: LocalCloud, ours: tuple[str, str], theirs: tuple[str, str]) -> tuple[Scene, Scene]:
    """The second agency's numbers begin where the first one's end: none of its tickets exists in the first."""
    everybody, few = set(EVERYBODY) - {"landlord"}, {"manager", "owner", "neighbour", "renter"}
    with ThreadPoolExecutor() as threads:
        making = [
            threads.submit(make_agency, cloud, *names, enters=enters)
            for names, enters in ((ours, everybody), (theirs, few))
        ]
        first, second = (Scene(one.result()) for one in making)
    play(first)
    for number in range(len(first.numbers)):
        _open_ticket(second, f"Remplissage {number}", kind="PRE")
    play(second)
    cloud.settle()
    return first, second


def play(scene: Scene) -> None:
    """What clients ask, what the manager orders, what the plumber answers."""
    _requests(scene)
    scene.order = _open_ticket(scene, "Colonne", kind="ODS", supplier="plumber")
    scene.second = _open_ticket(scene, "Cage d’escalier", kind="ODS", supplier="painter")
    scene.cloud.settle()
    scene.links = {who: scene.agency.link(scene.agency.mail(who), "/i/") for who in ("plumber", "painter")}
    _answer(scene)
    _manage(scene)
    scene.cloud.settle()


def _requests(scene: Scene) -> None:
    agency, owner = scene.agency, scene.agency.people["owner"]
    owner.get("/demandes/nouvelle")
    upload = owner.upload("/fichiers", content=_photo(agency.mark))
    place = f"{agency.id('S')}/{agency.id('S1')}"
    scene.leak = ask(scene, "owner", {"kind": INTERVENTION, "place": place, "upload": upload})
    place = f"{agency.id('S')}/{agency.id('S2')}"
    scene.question = ask(scene, "neighbour", {"kind": OTHER, "place": place})
    scene.boiler = ask(scene, "renter", {"kind": INTERVENTION})
    scene.upload = owner.upload("/fichiers", content=_photo(agency.mark))


def ask(scene: Scene, who: str, wish: Mapping[str, object]) -> str:
    """Send a request whose every text holds its author's own mark; returns its number."""
    mark = own_mark(scene, who)
    said = {"title": f"Fuite {mark}", "description": f"Elle coule sur {mark}.", **wish}
    sent = scene.agency.people[who].submit("/demandes/nouvelle", "/demandes", said)
    return number_in(sent.headers["location"])


def own_mark(scene: Scene, who: str) -> str:
    """What nobody else among the agency's clients may read."""
    return f"{scene.agency.mark}-{who}"


def _open_ticket(scene: Scene, subject: str, *, kind: str, supplier: str = "", manager: str = "manager") -> str:
    agency = scene.agency
    typed = {
        "kind": kind,
        "place": agency.id("S"),
        "subject": f"{subject} {agency.mark}",
        "description": f"Description {agency.mark}",
        "source": "phone",
        "supplier.0.id": agency.id(supplier) if supplier else "",
        "do": "save",
    }
    page = "/gestion/syndic/tickets/nouveau"
    return number_in(agency.people[manager].submit(page, page, typed).headers["location"])


def new_order(scene: Scene, subject: str, supplier: str) -> tuple[str, str]:
    """A fresh order and the path of the supplier's link."""
    number = _open_ticket(scene, subject, kind="ODS", supplier=supplier)
    scene.cloud.settle()
    return number, scene.agency.link(scene.agency.mail(supplier), "/i/")


def acceptance(scene: Scene) -> dict[str, str]:
    return {
        "answer": "accept",
        "date": tomorrow(scene.cloud),
        "when": "hour",
        "time": "09:30",
        "duration_hours": "1",
        "duration_minutes": "30",
        "comment": f"J’arrive {scene.agency.mark}",
    }


def _answer(scene: Scene) -> None:
    plumber = scene.agency.browser()
    link = scene.links["plumber"]
    plumber.submit(link, f"{link}/reponse", acceptance(scene))
    plumber.get(link)
    upload = plumber.upload(f"{link}/fichiers", content=_photo(scene.agency.mark))
    plumber.submit(link, f"{link}/message", {"message": f"Photo {scene.agency.mark}", "upload": upload})


def _manage(scene: Scene) -> None:
    manager, here = scene.agency.people["manager"], f"/gestion/tickets/{scene.order}"
    manager.submit(f"{here}/note", f"{here}/note", {"text": f"Note interne {scene.agency.mark}"})
    page = manager.get(here)
    scene.engagement = _ENGAGEMENT.findall(page.text)[0]
    assert manager.post(f"{here}/resume").status_code == 303


def number_in(address: str) -> str:
    found = _NUMBER.search(address)
    assert found, address
    return found[1]


def _photo(mark: str) -> bytes:
    return b"\xff\xd8\xff\xe0" + mark.encode() * 20


def state(scene: Scene) -> State:
    """Every item of the agency, to be compared with a later look."""
    return {key: text for key, text in everything(scene.cloud).items() if key[0].startswith(f"{scene.agency.slug}#")}


def everything(cloud: LocalCloud) -> State:
    """Every item of the table."""
    client = cloud.client("dynamodb")
    pages = client.get_paginator("scan").paginate(TableName=table_name(cloud))
    items: list[dict[str, Any]] = [item for page in pages for item in page["Items"]]
    return {(item["pk"]["S"], item["sk"]["S"]): json.dumps(item, sort_keys=True, default=str) for item in items}


def table_name(cloud: LocalCloud) -> str:
    names: list[str] = cloud.client("dynamodb").list_tables()["TableNames"]
    return names[0]


def changed(before: State, after: State) -> list[tuple[str, str]]:
    """The keys of what was added, removed or written."""
    return sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))

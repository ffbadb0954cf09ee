"""The form *Envoyez une demande* (REQ-002): what it offers, and what a person typed into it. Pure."""

import msgspec

from palier.agencies.model import Agency
from palier.kernel.ids import BuildingId, LotId
from palier.people.caller import Caller, Space, Tie
from palier.requests.model import is_intervention
from palier.web.forms import Problems, Typed, text
from palier.web.views.client import RequestFormPage
from palier.web.views.forms import FormState, Option, UploadField

COMMON_PARTS = "Parties communes"
_EMERGENCY = "En cas de danger immédiat (incendie, odeur de gaz, personne bloquée…), appelez d’abord le 18 ou le 112."
_HINTS = {True: "Une panne, une fuite, une dégradation.", False: "Une question, un document, un changement."}
_LONGEST_TITLE = 120
_LONGEST_TEXT = 5_000


class Spot(msgspec.Struct, frozen=True):
    """A place that a request can be about: a lot, or a building as a whole. ``value`` names it in the form."""

    value: str
    building: BuildingId
    building_name: str
    lot: LotId | None = None
    lot_label: str = ""

    @property
    def label(self) -> str:
        """Return the place in one line."""
        return f"{self.building_name} – {self.lot_label}" if self.lot_label else self.building_name


class Wish(msgspec.Struct, frozen=True):
    """What the person asks."""

    kind: str
    spot: Spot | None
    title: str
    description: str
    urgent: bool


def spots(caller: Caller) -> tuple[Spot, ...]:
    """Return the places the caller may ask something about; a co-owner may also mean the common parts (ROL-026)."""
    found: dict[str, Spot] = {}
    for tie in caller.ties:
        if caller.space is Space.CO_OWNER:
            common = _spot(tie, lot=None)
            found.setdefault(common.value, common)
        own = _spot(tie, lot=tie.lot)
        found.setdefault(own.value, own)
    return tuple(found.values())


def _spot(tie: Tie, *, lot: LotId | None) -> Spot:
    label = tie.lot_label if lot else ""
    return Spot(f"{tie.building}/{lot or ''}", tie.building, tie.building_name, lot, label)


def read_wish(typed: Typed, caller: Caller, agency: Agency, problems: Problems) -> Wish:
    """Read the form; what is wrong goes to ``problems``, and the wish only holds once these are settled."""
    kind = typed.field("kind")
    if kind not in agency.settings.requests_types:
        problems.add("kind", "bad_choice" if kind else "required")
    return Wish(
        kind=kind,
        spot=_read_spot(typed, caller, problems),
        title=" ".join(text(typed, "title", problems, required=True, longest=_LONGEST_TITLE).split()),
        description=text(typed, "description", problems, required=True, longest=_LONGEST_TEXT),
        urgent=typed.ticked("urgent"),
    )


def _read_spot(typed: Typed, caller: Caller, problems: Problems) -> Spot | None:
    offered = spots(caller)
    if len(offered) < 2:  # noqa: PLR2004 - nothing to choose
        return offered[0] if offered else None
    wanted = typed.field("place")
    found = next((spot for spot in offered if spot.value == wanted), None)
    if found is None:
        problems.add("place", "bad_choice" if wanted else "required")
    return found


def form_page(state: FormState, upload: UploadField, caller: Caller, agency: Agency) -> RequestFormPage:
    """Return the page of the form, as proposed or as typed."""
    offered, kinds = spots(caller), agency.settings.requests_types
    several = len(offered) > 1
    return RequestFormPage(
        form=state,
        kinds=tuple(Option(kind, kind, hint=_HINTS[is_intervention(kind)]) for kind in kinds),
        upload=upload,
        places=tuple(_option(spot, caller) for spot in offered) if several else (),
        place_text=offered[0].label if len(offered) == 1 else "",
        emergency=_EMERGENCY,
    )


def _option(spot: Spot, caller: Caller) -> Option:
    whole = COMMON_PARTS if caller.space is Space.CO_OWNER else "L’immeuble"
    return Option(spot.value, spot.lot_label or whole, group=spot.building_name)

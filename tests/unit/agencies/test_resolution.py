"""AGS-020…022 and section 40: which value holds."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.agencies.model import Agency, AgencySettings, AgencyTexts, ModuleSettings, VisibleTo
from palier.agencies.resolution import (
    OVERRIDABLE,
    BadSettingError,
    UnknownSettingError,
    agency_for,
    effective,
    known_keys,
    with_override,
    with_setting,
)
from palier.kernel.delays import Delay, DelayUnit

FLAGS = st.dictionaries(st.sampled_from(sorted(OVERRIDABLE)), st.booleans())


def test_untouched_means_the_catalogue_s_defaults() -> None:
    """Section 40.3."""
    settings = effective(ModuleSettings)
    for kind in ("ods", "quote", "invoice"):
        assert getattr(settings, f"tickets_reminder_{kind}") == Delay(7, DelayUnit.DAYS, 3)
    assert settings.tickets_reminder_intervention_quote == Delay(48, DelayUnit.HOURS)
    assert not settings.tickets_reminder_intervention_ods
    assert settings.tickets_visibility == {VisibleTo.REQUESTER}
    assert (settings.tickets_appointment_approval_ods, settings.tickets_appointment_approval_quote) == (False, True)
    assert (settings.tickets_notify_creator, settings.tickets_notify_manager, settings.tickets_notify_assistant) == (
        False,
        True,
        False,
    )
    assert settings.tickets_page_size == 20
    assert not settings.tickets_client_display


@given(FLAGS, FLAGS)
def test_the_last_layer_that_touched_a_key_holds(agency: dict[str, bool], building: dict[str, bool]) -> None:
    keys = known_keys(AgencySettings)
    layers = [{key: value for key, value in layer.items() if key in keys} for layer in (agency, building)]
    settings, default = effective(AgencySettings, *layers), AgencySettings()
    for field in msgspec.structs.fields(AgencySettings):
        expected = layers[1].get(field.encode_name, layers[0].get(field.encode_name, getattr(default, field.name)))
        assert getattr(settings, field.name) == expected


def test_an_override_says_so_and_can_be_taken_back() -> None:
    """AGS-021: a way back to inherit."""
    layer = with_override({}, "caretaker.display", value=False)
    assert layer == {"caretaker.display": False}
    assert with_override(layer, "caretaker.display", value=None) == {}


def test_taking_back_what_was_never_touched_changes_nothing() -> None:
    assert with_setting(AgencySettings, {}, "portal.logo_text", None) == {}


@pytest.mark.parametrize("key", ["tickets.page_size", "portal.licence", "nothing.known"])
def test_only_some_keys_can_be_overridden(key: str) -> None:
    with pytest.raises(UnknownSettingError):
        with_override({}, key, value=True)


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(UnknownSettingError):
        with_setting(ModuleSettings, {}, "tickets.colour", "green")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("tickets.page_size", "many"),
        ("tickets.visibility", ["everybody"]),
        ("tickets.reminder_ods", {"amount": 3, "unit": "weeks"}),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(key: str, value: object) -> None:
    with pytest.raises(BadSettingError):
        with_setting(ModuleSettings, {}, key, value)


def test_a_building_knows_the_agency_with_its_own_choices_laid_over() -> None:
    stored = {
        "id": "demo",
        "name": "Agence Démo",
        "settings": {"caretaker.display": True, "portal.licence": True},
        "syndic": {"finance.show_debtors": False},
    }
    override = {"caretaker.display": False, "finance.show_debtors": True, "portal.licence": False}
    agency = agency_for(msgspec.json.encode(stored), override)
    assert agency.settings.portal_open
    assert not agency.settings.caretaker_display
    assert agency.syndic.finance_show_debtors
    assert not msgspec.convert(stored, Agency).syndic.finance_show_debtors


def test_every_key_lives_in_one_place() -> None:
    kinds = (AgencySettings, ModuleSettings, AgencyTexts)
    keys = [key for kind in kinds for key in known_keys(kind)]
    assert len(keys) == len(set(keys))
    assert set(keys) >= OVERRIDABLE
    assert all("." in key for key in keys)

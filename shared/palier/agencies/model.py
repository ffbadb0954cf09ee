"""What an agency is and what it may choose: settings of section 40 with their built-in defaults.

A field's stored name is the catalogue's key: ``tickets_reminder_ods`` is ``tickets.reminder_ods``. Only values
that somebody touched are stored, so that an untouched one follows the default (AGS-021, AGS-022).
"""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from palier.kernel.delays import Delay, DelayUnit
from palier.kernel.ids import AgencyId


def setting_key(field: str) -> str:
    """Return the catalogue's key of a settings field."""
    return field.replace("_", ".", 1)


class VisibleTo(StrEnum):
    """Who sees a ticket in his portal (FUP-006)."""

    REQUESTER = "requester"
    COUNCIL = "council"
    ALL_CO_OWNERS = "all_co_owners"
    RENTER = "renter"
    LANDLORD = "landlord"


class ContactProfile(StrEnum):
    """Who is shown to a client as his contact (PRT-024)."""

    AGENCY = "agency"
    MANAGER = "manager"
    ASSISTANT = "assistant"
    ACCOUNTANT = "accountant"


class VatModel(StrEnum):
    """Which certification of reduced VAT goes with an order (TCK-040)."""

    METROPOLITAN = "metropolitan"
    OVERSEAS = "overseas"
    NONE = "none"


class Period(msgspec.Struct, frozen=True):
    """Opening hours, as local ``HH:MM`` (AGS-005)."""

    opens: str
    closes: str


class Contact(msgspec.Struct, frozen=True, omit_defaults=True):
    """How the agency, or one of its offices, is reached (AGS-004, PRT-023)."""

    label: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    website: str = ""
    legal_form: str = ""
    siret: str = ""
    ape: str = ""
    professional_card: str = ""


class AgencySettings(msgspec.Struct, frozen=True, omit_defaults=True, rename=setting_key):
    """What holds for the whole agency (section 40.1, 40.2, and the agency rows of 40.3)."""

    portal_licence: bool = False
    portal_logo_text: str = ""
    portal_session_idle_hours: int = 14 * 24
    space_label_renter: str = "Espace LOCATAIRE"
    space_label_landlord: str = "Espace PROPRIETAIRE"
    space_label_co_owner: str = "Espace COPROPRIETAIRE"
    mail_sender_name: str = ""
    mail_sender_box: str = "agence"
    mail_reply_address: str = ""
    agency_contact: Contact = Contact()
    office_multi: bool = False
    office_contacts: tuple[Contact, ...] = ()
    hours_display: bool = False
    hours_week: tuple[tuple[Period, ...], ...] = ()
    contact_profile_co_owner: ContactProfile = ContactProfile.MANAGER
    contact_profile_landlord_renter: ContactProfile = ContactProfile.MANAGER
    contact_enabled: bool = True
    caretaker_display: bool = False
    council_show_president: bool = True
    council_show_president_email: bool = False
    council_show_president_phone: bool = False
    council_show_members: bool = False
    oneoff_enabled: bool = False
    oneoff_notify_agency: bool = False
    oneoff_agency_email: str = ""
    oneoff_notify_payer: bool = False
    card_enabled: bool = False
    card_allow_without_email: bool = False
    card_merchant_email: str = ""
    documents_enabled: bool = True
    documents_show_empty_binders: bool = True
    documents_gerance: bool = True
    documents_syndic: bool = True
    documents_allow_upload: bool = False
    documents_notify: bool = True
    documents_landlord_sees_renter_documents: bool = False
    requests_enabled: bool = True
    requests_types: tuple[str, ...] = ("Demande d’intervention", "Autre demande")
    lots_enabled: bool = True
    assembly_show_info: bool = True
    vpc_enabled: bool = False
    vpc_auto_notify: bool = False
    vpc_retention_years: int = 5
    tickets_enabled: bool = False
    tickets_vti_enabled: bool = False
    vat_model: VatModel = VatModel.METROPOLITAN

    @property
    def portal_open(self) -> bool:
        """Tell whether clients may sign in at all (PUB-001, AUT-020)."""
        return self.portal_licence and self.documents_enabled


class ModuleSettings(msgspec.Struct, frozen=True, omit_defaults=True, rename=setting_key):
    """What holds for one of the agency's two businesses (section 40.3, and the module rows of 40.1)."""

    finance_enabled: bool = True
    finance_show_expenses: bool = True
    finance_expenses_all_co_owners: bool = False
    finance_show_debtors: bool = False
    finance_show_works_fund: bool = True
    finance_landlord_sees_renter_accounts: bool = False
    finance_sub_accounts: bool = False
    finance_balance_sign: str = "CREDIT_DEBIT"
    tickets_client_display: bool = False
    tickets_visibility: frozenset[VisibleTo] = frozenset({VisibleTo.REQUESTER})
    tickets_pre_tickets_visible: bool = False
    tickets_read_receipt: bool = False
    tickets_hide_agency_email: bool = False
    tickets_notify_creator: bool = False
    tickets_notify_manager: bool = True
    tickets_notify_assistant: bool = False
    tickets_default_description: str = ""
    tickets_default_attachments: tuple[str, ...] = ()
    tickets_owner_text: str = ""
    tickets_page_size: int = 20
    tickets_reminder_ods: Delay = Delay(7, DelayUnit.DAYS, 3)
    tickets_reminder_quote: Delay = Delay(7, DelayUnit.DAYS, 3)
    tickets_reminder_invoice: Delay = Delay(7, DelayUnit.DAYS, 3)
    tickets_reminder_intervention_ods: Delay = Delay(0, DelayUnit.HOURS)
    tickets_reminder_intervention_quote: Delay = Delay(48, DelayUnit.HOURS)
    tickets_appointment_approval_ods: bool = False
    tickets_appointment_approval_quote: bool = True
    tickets_sources: tuple[str, ...] = ()
    tickets_services: tuple[str, ...] = ()


class AgencyTexts(msgspec.Struct, frozen=True, omit_defaults=True, rename=setting_key):
    """Long texts of the sign-in pages (PRT-020, AUT-026): kept apart, so that no other page reads them."""

    portal_welcome_text: str = ""
    portal_banner: str = ""
    portal_legal_notice: str = ""


class Agency(msgspec.Struct, frozen=True, omit_defaults=True):
    """One tenant. ``role_permissions`` holds only the roles that the agency changed (ROL-021)."""

    id: AgencyId
    name: str
    zone: str = "Europe/Paris"
    hosts: tuple[str, ...] = ()
    active_modules: frozenset[str] = frozenset({"gerance", "syndic"})
    role_permissions: Mapping[str, frozenset[str]] = {}
    settings: AgencySettings = AgencySettings()
    gerance: ModuleSettings = ModuleSettings()
    syndic: ModuleSettings = ModuleSettings()

    def module(self, name: str) -> ModuleSettings:
        """Return the settings of one module."""
        return self.syndic if name == "syndic" else self.gerance

    @property
    def sender_name(self) -> str:
        """Return the name that mails come from."""
        return self.settings.mail_sender_name or self.name

    @property
    def logo_text(self) -> str:
        """Return what stands for the logo."""
        return self.settings.portal_logo_text or self.name

"""Signed reply addresses (peers.md §2 no. 5)."""

from hypothesis import given
from hypothesis import strategies as st

from palier.kernel.ids import AgencyId, TicketNumber
from palier.messages import reply_address

SECRET, OTHER = b"un secret", b"un autre secret"
AGENCIES = st.from_regex(r"[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,9}){0,2}", fullmatch=True)
NUMBERS = st.integers(1, 999_999_999)
ADDRESSES = st.emails()


def made(agency: str, number: int, addressee: str, secret: bytes = SECRET) -> str:
    return reply_address.make(secret, AgencyId(agency), TicketNumber(number), addressee, "reponses.example")


@given(AGENCIES, NUMBERS, ADDRESSES)
def test_what_is_made_is_read_back_and_verified(agency: str, number: int, addressee: str) -> None:
    claim = reply_address.read(made(agency, number, addressee))
    assert claim is not None
    assert (claim.agency, claim.number) == (agency, number)
    assert reply_address.verify([SECRET], claim, addressee)


@given(AGENCIES, NUMBERS, ADDRESSES)
def test_local_part_fits_the_64_octets_of_a_mailbox(agency: str, number: int, addressee: str) -> None:
    assert len(made(agency, number, addressee).rpartition("@")[0]) <= 64


@given(NUMBERS, NUMBERS, ADDRESSES, ADDRESSES)
def test_it_holds_for_no_other_ticket_and_nobody_else(one: int, other: int, me: str, you: str) -> None:
    claim = reply_address.read(made("demo", one, me))
    forged = reply_address.read(made("demo", one, me).replace(f"+{one}.", f"+{other}."))
    assert claim is not None
    assert forged is not None
    assert reply_address.verify([SECRET], claim, you) is (me.lower() == you.lower())
    assert reply_address.verify([SECRET], forged, me) is (one == other)


def test_it_holds_for_no_other_agency_and_no_other_secret() -> None:
    address = made("demo", 12, "lea@client.example")
    claim, forged = reply_address.read(address), reply_address.read(address.replace("demo", "autre"))
    assert claim is not None
    assert forged is not None
    assert not reply_address.verify([OTHER], claim, "lea@client.example")
    assert not reply_address.verify([SECRET], forged, "lea@client.example")


def test_it_survives_a_change_of_case_and_a_rotation_of_the_secret() -> None:
    claim = reply_address.read(made("demo", 12, "Lea@Client.example").upper())
    assert claim is not None
    assert reply_address.verify([OTHER, SECRET], claim, "lea@client.EXAMPLE")


@given(st.text(max_size=90))
def test_anything_else_is_no_reply_address(text: str) -> None:
    assert reply_address.read(text + "@reponses.example") is None


def test_a_bare_number_is_no_reply_address() -> None:
    assert reply_address.read("ticket+12@reponses.example") is None
    assert reply_address.read("ticket+012.demo-aaaaaaaaaaaaaaaa@reponses.example") is None

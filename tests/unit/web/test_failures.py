"""Every refusal that can reach a person has a sentence in French, and none tells what lies behind."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import palier
from palier.kernel.errors import InvalidInputError, NotFoundError, NotSignedInError, PalierError, TooManyAttemptsError
from palier.people.pages import errors_of
from palier.publication.problems import SAID
from palier.web.answers import Answer, Html, Json, SeeOther
from palier.web.failures import SENTENCES, fail, sentence_for
from palier.web.request import Request
from palier.web.site import UnexpectedError

# Refusals that never leave their own door: what the console, workers and the pages that catch them say themselves.
CONSOLE = {
    "AGENCY_EXISTS", "HOST_TAKEN", "UNKNOWN_SETTING", "BAD_SETTING", "ERASURE_REFUSED", "LOGIN_TAKEN", "ACCOUNT_EXISTS",
    "PASSWORD_REFUSED", "RESET_LINK_DEAD", "SEND_LATER", "SEND_REFUSED", "UNKNOWN_JOB",
}  # fmt: skip
FAULTS = {"TOO_MANY_CHANGES"}  # a mistake of ours: the 500 page is right
BASES = {"ERROR", "FILE_REFUSED", "UNEXPECTED"}


def _every_error() -> dict[str, type[PalierError]]:
    for module in pkgutil.walk_packages(palier.__path__, "palier."):
        if not module.name.startswith("palier_templates"):
            importlib.import_module(module.name)
    return {kind.code: kind for kind in _below(PalierError) if kind.__module__.startswith("palier.")}


def _below(kind: type[PalierError]) -> Iterator[type[PalierError]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def _request(method: str = "GET", path: str = "/gestion", accept: str = "text/html") -> Request:
    headers = {"accept": accept}
    return Request(method, path, "agence.example", {}, {}, {}, headers, "192.0.2.1", b"", request_id="r-1")


def _made(kind: type[PalierError]) -> PalierError:
    made = kind.__new__(kind)
    made.detail, made.args = "détail interne", ("détail interne",)
    made.__dict__ |= {"fields": {"champ": "required"}, "wait_seconds": 75, "result": "7", "failed": ()}
    return made


ERRORS = _every_error()


def test_the_errors_of_the_whole_product_were_found() -> None:
    assert len(ERRORS) > 40
    assert {"DEAD_LINK", "BAD_FORM_TOKEN", "CHASE_TOO_SOON", "BAD_API_KEY"} <= ERRORS.keys()


def _says_itself(kind: type[PalierError]) -> bool:
    """Sign-in forms and the upload field have sentences of their own."""
    from palier.web.uploads import SENTENCES as OF_UPLOADS

    if kind.code in OF_UPLOADS or kind.code in SAID or kind.code in CONSOLE | BASES | FAULTS:
        return True
    try:
        return bool(errors_of(_made(kind)))
    except PalierError:
        return False


@pytest.mark.parametrize("code", sorted(ERRORS))
def test_every_refusal_has_a_sentence(code: str) -> None:
    kind = ERRORS[code]
    assert sentence_for(_made(kind)).status < 500 or code == "BUSY" or _says_itself(kind), f"{code}: no sentence"


@pytest.mark.parametrize("code", sorted(ERRORS))
def test_no_refusal_shows_its_details(code: str) -> None:
    for accept in ("text/html", "application/json"):
        answer = fail(_request(accept=accept), _made(ERRORS[code]))
        assert "détail interne" not in _text(answer), code


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_sentences_are_french_with_its_typography(code: str) -> None:
    said = SENTENCES[code]
    for text in (said.title, said.text):
        assert text
        assert "'" not in text
        assert not re.search(r"[^\u00a0\u202f][;!?:»]|«[^\u00a0\u202f]", text)
        assert not re.search(r"\b(tu|ton|ta|tes)\b", text)
    assert said.text.endswith(".")
    assert 400 <= said.status <= 503


def test_a_kind_of_not_found_says_what_not_found_says() -> None:
    class NoSuchThingError(NotFoundError):
        code = "NO_SUCH_THING"

    assert sentence_for(NoSuchThingError()) == SENTENCES["NOT_FOUND"]


def test_what_nobody_foresaw_is_a_500_that_says_so() -> None:
    answer = fail(_request(), UnexpectedError("secret"))
    assert isinstance(answer, Html)
    assert answer.status == 500
    assert "Le service a rencontré une erreur" in answer.text
    assert "secret" not in answer.text
    assert "r-1" in answer.text


def test_who_is_not_signed_in_is_led_there_and_back() -> None:
    assert fail(_request(path="/gestion/tickets/4"), NotSignedInError()) == SeeOther(
        "/connexion?suite=/gestion/tickets/4"
    )
    assert fail(_request(path="/"), NotSignedInError()) == SeeOther("/connexion")
    assert fail(_request("POST"), NotSignedInError()) == SeeOther("/connexion")


def test_a_script_is_told_in_json() -> None:
    answer = fail(_request("POST", accept="application/json"), NotSignedInError())
    assert isinstance(answer, Json)
    assert (answer.status, answer.problem, answer.value["code"]) == (401, True, "NOT_SIGNED_IN")


def test_a_wait_is_said() -> None:
    assert "2\u00a0minutes" in _text(fail(_request(), TooManyAttemptsError(75)))


def test_fields_are_named_to_scripts_only() -> None:
    wrong = InvalidInputError({"champ": "required"})
    assert "champ" in _text(fail(_request(accept="application/json"), wrong))
    assert "champ" not in _text(fail(_request(), wrong))


def _text(answer: Answer) -> str:
    return answer.text if isinstance(answer, Html) else str(answer)

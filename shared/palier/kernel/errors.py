"""Named errors. ``code`` is stable and for machines; the French sentence for people is in ``web/sentences.py``."""

from collections.abc import Mapping


class PalierError(Exception):
    """Anything that a caller did or met and that we have a name for."""

    code = "ERROR"

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.code)
        self.detail = detail


class NotFoundError(PalierError):
    """No such object, or none that this caller may know of."""

    code = "NOT_FOUND"


class ForbiddenError(PalierError):
    """The caller is known and may not do this."""

    code = "FORBIDDEN"


class NotSignedInError(PalierError):
    """Nobody is signed in, or the session is over."""

    code = "NOT_SIGNED_IN"


class ConflictError(PalierError):
    """Somebody else was faster: nothing was changed (PLT-005)."""

    code = "CONFLICT"


class NotAllowedNowError(PalierError):
    """The step does not offer this action (section 38)."""

    code = "NOT_ALLOWED_NOW"


class NoContactModeError(PalierError):
    """The party has no active way of being reached (TCA-014)."""

    code = "NO_CONTACT_MODE"


class TooManyAttemptsError(PalierError):
    """Throttled (AUT-033). ``wait_seconds`` says until when."""

    code = "TOO_MANY_ATTEMPTS"

    def __init__(self, wait_seconds: int) -> None:
        super().__init__()
        self.wait_seconds = wait_seconds


class InvalidInputError(PalierError):
    """What was typed cannot be taken; ``fields`` maps a field's name to a sentence code."""

    code = "INVALID_INPUT"

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(", ".join(f"{name}: {why}" for name, why in fields.items()))
        self.fields = dict(fields)


class AlreadyDoneError(PalierError):
    """This very form or message was taken before; ``result`` says what came of it."""

    code = "ALREADY_DONE"

    def __init__(self, result: str) -> None:
        super().__init__(result)
        self.result = result

"""What can go wrong with signing in and passwords, by name."""

from palier.kernel.errors import ForbiddenError, PalierError
from palier.people.passwords import Rule


class WrongCredentialsError(PalierError):
    """Login or password is wrong; which one is never told."""

    code = "WRONG_CREDENTIALS"


class SignInRefusedError(PalierError):
    """The password is right, but nothing is published for this person or the portal is closed (AUT-020, AUT-021)."""

    code = "SIGN_IN_REFUSED"


class SuppliedPasswordSpentError(PalierError):
    """A password given by the agency opened its one session already (AUT-008)."""

    code = "SUPPLIED_PASSWORD_SPENT"


class PasswordRefusedError(PalierError):
    """The new password fails rules of the policy (AUT-009); ``failed`` lists them all."""

    code = "PASSWORD_REFUSED"

    def __init__(self, failed: tuple[Rule, ...]) -> None:
        super().__init__(", ".join(failed))
        self.failed = failed


class WrongCurrentPasswordError(PalierError):
    """The password to be replaced was mistyped."""

    code = "WRONG_CURRENT_PASSWORD"


class DeadResetLinkError(PalierError):
    """The link was used, is over an hour old, or never was (AUT-010)."""

    code = "RESET_LINK_DEAD"


class ImpersonatingError(ForbiddenError):
    """Only the person himself may do this, not staff in his space (AUT-014)."""

    code = "IMPERSONATING"


class LinkedAccountError(ForbiddenError):
    """In a linked account one does not change its password: it is that of the primary login that counts (AUT-016)."""

    code = "LINKED_ACCOUNT"


class LoginTakenError(PalierError):
    """Another account of the agency has this login (AUT-006)."""

    code = "LOGIN_TAKEN"


class AccountExistsError(PalierError):
    """The party has an account already."""

    code = "ACCOUNT_EXISTS"

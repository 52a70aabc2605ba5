"""What a password must be: one policy for every path on which a password is set (FEATURES A5-1)."""

import re
import unicodedata
from itertools import groupby

from pydantic import BaseModel, ConfigDict, Field

from chatd.domain.errors import invalid

MAX_BYTES = 72  # bcrypt reads no further; a longer password is refused, never cut


class PasswordPolicy(BaseModel):
    """The rules of `auth.passwordPolicy`; 0 or false switches a rule off."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)

    min_length: int = Field(8, ge=6, le=MAX_BYTES, alias="minLength", description="fewest characters")
    max_repeat: int = Field(0, ge=0, alias="maxRepeat", description="longest run of one character, 0 = any")
    lower: bool = Field(False, description="demand a lower-case letter")
    upper: bool = Field(False, description="demand an upper-case letter")
    digit: bool = Field(False, description="demand a digit")
    special: bool = Field(False, description="demand a character that is neither letter, digit nor space")
    history: int = Field(0, ge=0, le=24, description="passwords, the present one among them, that may not come back")

    def public(self) -> dict[str, int | bool]:
        """As `/config.json` shows it."""
        return {
            "minLength": self.min_length,
            "maxBytes": MAX_BYTES,
            "maxRepeat": self.max_repeat,
            "lower": self.lower,
            "upper": self.upper,
            "digit": self.digit,
            "special": self.special,
            "history": self.history,
        }


def composed(password: str) -> str:
    """The form in which passwords are hashed and compared (NFC): keyboards write `ä` as one character or as two."""
    return unicodedata.normalize("NFC", password)


def broken_rules(policy: PasswordPolicy, password: str) -> list[str]:
    """A sentence for each rule that the password breaks."""
    password = composed(password)
    repeat = max((len(list(run)) for _, run in groupby(password)), default=0)
    rules = [
        (len(password) < policy.min_length, f"at least {policy.min_length} characters"),
        (len(password.encode()) > MAX_BYTES, f"at most {MAX_BYTES} bytes"),
        (
            bool(policy.max_repeat) and repeat > policy.max_repeat,
            f"no character over {policy.max_repeat} times in a row",
        ),
        (policy.lower and not re.search(r"[a-z]", password), "a lower-case letter"),
        (policy.upper and not re.search(r"[A-Z]", password), "an upper-case letter"),
        (policy.digit and not re.search(r"[0-9]", password), "a digit"),
        (policy.special and not re.search(r"[^A-Za-z0-9 ]", password), "a special character"),
    ]
    return [sentence for broken, sentence in rules if broken]


def require_password(policy: PasswordPolicy, password: str, field: str = "password") -> str:
    """The password unchanged, or `invalid` naming every rule it breaks."""
    if broken := broken_rules(policy, password):
        raise invalid(f"The password needs {', '.join(broken)}.", field)
    return password

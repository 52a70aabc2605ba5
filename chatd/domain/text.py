"""Rules about text: names, addresses, mentions. Lengths count Unicode code points; nothing is trimmed silently."""

import contextlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from itertools import takewhile

import email_validator
from email_validator import EmailNotValidError, ValidatedEmail, validate_email

from chatd.domain.errors import ChatError, invalid
from chatd.domain.looks import is_ignorable, is_mixed, is_pictographic, skeleton

USER_NAME_MIN, USER_NAME_MAX = 3, 50
CHANNEL_NAME_MAX = 80
REACTION_MAX = 32
RESERVED_NAMES = (  # FEATURES RX13, and what mentions everybody
    *("admin", "administrator", "system", "user", "moderator", "chatd"),
    *("here", "channel", "all", "everyone", "everybody"),
)
MENTIONS_MAX = 50
PUNCTUATION_MAX = 3  # how much of what stands behind a name is tried as a part of it
GROUP_MENTIONS = {"channel": "@channel", "here": "@here"}

_JOINERS = frozenset("\u200d\ufe0f\ufe0e")  # within emoji
_SKIN_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_BLANK = "\u2800"  # a letter of braille without dots
email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()  # a company's own server has people at corp.local, a test's at x.test
_CODE = re.compile(r"(`{3,}|~{3,}).*?(?:\1|\Z)|(`+)(?!`).*?(?<!`)\2(?!`)", re.DOTALL)
_MENTION = re.compile(r"(?<![\w.@/-])@(?=(\S{3,80}))")


def fold(text: str) -> str:
    """The form in which names are compared: NFKC, then casefolded, then NFKC again (folding may denormalise)."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def look(text: str) -> str:
    """What a name looks like, whatever its script or width: names with the same look are taken for one another.

    As it is written: `Ian` looks like `lan`, `ian` does not. For comparing, beside `fold`; never for showing.
    """
    return " ".join(skeleton(unicodedata.normalize("NFKC", text)).casefold().split())


def require_clear(name: str, field: str) -> str:
    """A name of whatever kind that shows what it holds. Raises `invalid` for the first thing that it hides.

    No control, bidirectional, zero-width, line-breaking or unassigned characters, no white space but single spaces
    inside, no blank look, no scripts mixed within a word. Emoji may be joined.
    """
    if (reason := what_hides_in(name)) is not None:
        raise invalid(f"This name {reason}.", field)
    return name


def what_hides_in(name: str) -> str | None:
    """Why a name is not clear, to follow "This name"; None when it is."""
    if name != name.strip() or "  " in name:
        return "has spaces at an end, or several in a row"
    before = ""
    for character in name:
        category = unicodedata.category(character)
        if character in _JOINERS and (before in _JOINERS | _SKIN_TONES or is_pictographic(before)):
            pass
        elif is_ignorable(character) or character == _BLANK or category in ("Cc", "Cf", "Cn", "Co", "Cs"):
            return f"holds a character that shows nothing (U+{ord(character):04X})"
        elif category[0] == "Z" and character != " ":
            return f"holds white space other than a space (U+{ord(character):04X})"
        before = character
    if not name or unicodedata.category(name[0])[0] == "M":
        return "does not begin with a letter, digit or sign"
    if any(map(is_mixed, re.split(r"[\W_]+", name))):
        return "mixes letters of several scripts in a word"
    return None


def _is_name_character(character: str) -> bool:
    if is_ignorable(character):
        return False
    return character in "._-" or character.isalnum() or unicodedata.category(character).startswith("M")


def require_user_name(name: str) -> str:
    """The name in NFKC, or `invalid`."""
    name = unicodedata.normalize("NFKC", name)
    if not USER_NAME_MIN <= len(name) <= USER_NAME_MAX:
        raise invalid(f"A user name has {USER_NAME_MIN} to {USER_NAME_MAX} characters.", "userName")
    if not all(map(_is_name_character, name)):
        raise invalid("A user name holds letters, digits, '.', '_' and '-' only.", "userName")
    if not name[0].isalnum() or name[-1] in "._-":
        raise invalid("A user name begins and ends with a letter or digit.", "userName")
    if is_mixed(name):
        raise invalid("A user name keeps to the letters of one script.", "userName")
    return name


def require_free_of_reserved(name: str) -> None:
    """Refuse names that pose as the server, or that mention everybody (FEATURES RX13), however they are written."""
    if is_reserved(name):
        raise invalid(f"The user name {name} is reserved; choose another.", "userName")


def is_reserved(name: str) -> bool:
    bare = "".join(one for one in unicodedata.normalize("NFD", name) if unicodedata.category(one)[0] != "M")
    return not _reserved_looks().isdisjoint((look(name), look(fold(name)), look(fold(bare))))


@cache
def _reserved_looks() -> frozenset[str]:
    return frozenset(look(written) for name in RESERVED_NAMES for written in (name, name.upper(), name.capitalize()))


def require_email(email: str) -> str:
    """The address as it was given. Nothing is looked up. Raises `invalid`."""
    _parsed(email)
    return email


def _parsed(email: str) -> ValidatedEmail:
    try:
        return validate_email(email, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError:
        raise invalid("This is not an e-mail address; it needs the form name@example.com.", "email") from None


def postal_address(email: str) -> str:
    """For the envelope of a letter: without anything but ASCII, if the part before the @ has nothing else."""
    with contextlib.suppress(ChatError):
        return _parsed(email).ascii_email or email
    return email


def email_key(email: str) -> str:
    """The form in which addresses are compared: folded, a domain in Unicode whichever way it was written."""
    with contextlib.suppress(ChatError):
        email = _parsed(email.strip()).normalized
    return fold(email.strip())


def user_name_from_email(email: str, is_taken: Callable[[str], bool]) -> str:
    """A free, valid user name made from the local part: `ann`, else `ann2`, `ann3`, ..."""
    local = unicodedata.normalize("NFKC", email.partition("@")[0])
    kept = "".join(character for character in local if _is_name_character(character))
    kept = unicodedata.normalize("NFKC", kept)[: USER_NAME_MAX - 8]  # what was dropped may have kept marks apart
    stem = kept.lstrip("".join(character for character in kept if not character.isalnum())).rstrip("._-")
    if is_mixed(stem):
        stem = "".join(character for character in stem if character.isascii())
    if len(stem) < USER_NAME_MIN:
        stem += "123"[len(stem) :]
    candidate, number = stem, 2
    while is_reserved(candidate) or is_taken(candidate):
        candidate, number = f"{stem}{number}", number + 1
    return candidate


def require_channel_name(name: str) -> str:
    if not 1 <= len(name) <= CHANNEL_NAME_MAX or not name.strip():
        raise invalid(f"A channel name has 1 to {CHANNEL_NAME_MAX} characters, not only white space.", "name")
    return require_clear(name, "name")


def require_reaction(reaction: str) -> str:
    if not 1 <= len(reaction) <= REACTION_MAX or any(character.isspace() for character in reaction):
        raise invalid(f"A reaction has 1 to {REACTION_MAX} characters without white space.", "reaction")
    return reaction


def mentioned_names(content: str) -> list[str]:
    """The folded names written as `@name` outside code, each once, in order of appearance.

    A name followed by punctuation that a name may hold ("@bob.") is offered with and without it. Raises `invalid` for
    more than MENTIONS_MAX of them: each is looked up, and everybody named hears of it.
    """
    if "@" not in content:
        return []
    written: dict[str, None] = {}
    for match in _MENTION.finditer(_CODE.sub(" ", content)):
        if name := fold("".join(takewhile(_is_name_character, match.group(1)))):
            written[name] = None
        if len(written) > MENTIONS_MAX:
            raise invalid(
                f"A message names {MENTIONS_MAX} people at most. Send several, or write as `code` what is no name.",
                "content",
            )
    return list(dict.fromkeys(name for found in written for name in _readings(found)))


def _readings(name: str) -> Iterator[str]:
    """The name as it is written, and with little or none of the punctuation behind it."""
    bare = len(name.rstrip("._-"))
    yield name
    yield from (name[:end] for end in range(min(len(name) - 1, bare + PUNCTUATION_MAX), bare - 1, -1) if end)

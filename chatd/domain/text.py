"""Rules about text: names, addresses, mentions. Lengths count Unicode code points; nothing is trimmed silently."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import takewhile

from chatd.domain.errors import invalid

USER_NAME_MIN, USER_NAME_MAX = 3, 50
CHANNEL_NAME_MAX = 80
REACTION_MAX = 32
EMAIL_MAX = 254  # RFC 5321 section 4.5.3.1.3, less the angle brackets
RESERVED_NAMES = frozenset({"admin", "administrator", "system", "user"})  # FEATURES RX13
MENTIONS_MAX = 50
PUNCTUATION_MAX = 3  # how much of what stands behind a name is tried as a part of it
GROUP_MENTIONS = {"channel": "@channel", "here": "@here"}

# Marks and letters that show nothing (Unicode's Default_Ignorable_Code_Point): with them one name looks like another.
_INVISIBLE = frozenset(
    map(
        chr,
        (
            *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0),
            *(*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)),
        ),
    )
)
_EMAIL = re.compile(r"[^\s@<>\"(),:;\\\[\]]+@[^\s@<>\"(),:;\\\[\]]+")
_CODE = re.compile(r"(`{3,}|~{3,}).*?(?:\1|\Z)|(`+)(?!`).*?(?<!`)\2(?!`)", re.DOTALL)
_MENTION = re.compile(r"(?<![\w.@/-])@(?=(\S{3,80}))")


def fold(text: str) -> str:
    """The form in which names are compared: NFKC, then casefolded, then NFKC again (folding may denormalise)."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _is_name_character(character: str) -> bool:
    if character in _INVISIBLE:
        return False
    return character in "._-" or character.isalnum() or unicodedata.category(character).startswith("M")


def require_user_name(name: str) -> str:
    """The name in NFKC, or `invalid`."""
    name = unicodedata.normalize("NFKC", name)
    if not USER_NAME_MIN <= len(name) <= USER_NAME_MAX:
        raise invalid(f"A user name has {USER_NAME_MIN} to {USER_NAME_MAX} characters.", "userName")
    if not all(map(_is_name_character, name)) or unicodedata.category(name[0]).startswith("M"):
        raise invalid("A user name holds letters, digits, '.', '_' and '-' only.", "userName")
    return name


def require_free_of_reserved(name: str) -> None:
    """Refuse names that pose as the server (FEATURES RX13)."""
    if fold(name) in RESERVED_NAMES:
        raise invalid(f"The user name {name} is reserved; choose another.", "userName")


def require_email(email: str) -> str:
    if len(email) > EMAIL_MAX or not _EMAIL.fullmatch(email):
        raise invalid("This is not an e-mail address; it needs the form name@example.com.", "email")
    return email


def user_name_from_email(email: str, is_taken: Callable[[str], bool]) -> str:
    """A free, valid user name made from the local part: `ann`, else `ann2`, `ann3`, ..."""
    local = unicodedata.normalize("NFKC", email.partition("@")[0])
    kept = "".join(character for character in local if _is_name_character(character))
    kept = kept.lstrip("".join(character for character in kept if unicodedata.category(character).startswith("M")))
    stem = unicodedata.normalize("NFKC", kept)[: USER_NAME_MAX - 8]  # what was dropped may have kept marks apart
    if len(stem) < USER_NAME_MIN:
        stem += "123"[len(stem) :]
    candidate, number = stem, 2
    while fold(candidate) in RESERVED_NAMES or is_taken(fold(candidate)):
        candidate, number = f"{stem}{number}", number + 1
    return candidate


def require_channel_name(name: str) -> str:
    if not 1 <= len(name) <= CHANNEL_NAME_MAX or not name.strip():
        raise invalid(f"A channel name has 1 to {CHANNEL_NAME_MAX} characters, not only white space.", "name")
    return name


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

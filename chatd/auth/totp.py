"""Two-step codes: making secrets, pictures of them and recovery codes, and judging what was typed (RFC 6238)."""

import base64
import io
import secrets

import pyotp
import segno

STEP_SECONDS = 30
SKEW_STEPS = 1  # a clock may be half a minute off, and typing takes time
RECOVERY_CODES = 10
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: 5 bits each, `plain` reads what looks like another
ALIKE = str.maketrans("ilo", "110")


def new_secret() -> str:
    """160 bits in base 32, as authenticator apps take it."""
    return pyotp.random_base32()


def step_of(secret: str, code: str, now_ms: int, after: int) -> int | None:
    """The time step whose code this is, or None. Steps up to `after` were used and count no more."""
    code = "".join(code.split())
    now = now_ms // 1000 // STEP_SECONDS
    found = None
    for step in range(now - SKEW_STEPS, now + SKEW_STEPS + 1):
        if secrets.compare_digest(pyotp.TOTP(secret).generate_otp(step).encode(), code.encode()) and step > after:
            found = step
    return found


def uri(secret: str, account: str, server: str) -> str:
    """What an authenticator app reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=server)


def picture(uri: str) -> str:
    """The same as a QR code: a data URL of an SVG, black on white whatever the theme."""
    out = io.BytesIO()
    segno.make(uri, error="m").save(out, kind="svg", scale=4, border=2, dark="#000", light="#fff", xmldecl=False)
    return "data:image/svg+xml;base64," + base64.b64encode(out.getvalue()).decode()


def recovery_codes() -> list[str]:
    """Ten codes of 80 bits, such as `7kqm-29xw-0aht-vz3c`, each good once."""
    return [
        "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4)) for _ in range(RECOVERY_CODES)
    ]


def plain(recovery_code: str) -> str:
    """A recovery code as it is compared: however it was copied."""
    return "".join(recovery_code.lower().split()).replace("-", "").translate(ALIKE)

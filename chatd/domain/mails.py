"""The letters that the server sends: plain text, one function each. Sending them is services.mail's."""

from dataclasses import dataclass


@dataclass(slots=True, frozen=True)
class Letter:
    """What is queued; the address stands beside it."""

    subject: str
    body: str


def invitation(server: str, link: str, days: int) -> Letter:
    return Letter(
        f"You are invited to {server}",
        f"Hello,\n\nyou are invited to {server}. Choose your password here; the link works once, for {_days(days)}:\n\n"
        f"{link}\n\nIf you did not expect this, do nothing.\n",
    )


def welcome(server: str, link: str, user_name: str) -> Letter:
    return Letter(
        f"Welcome to {server}",
        f"Hello,\n\nyou have an account on {server}. Your user name is {user_name}; an administrator gives you your "
        f"password.\n\nSign in: {link}\n",
    )


def password_set(server: str, link: str, user_name: str, password: str) -> Letter:
    return Letter(
        f"Your new password for {server}",
        f"Hello,\n\nan administrator has set a new password for your account {user_name}:\n\n{password}\n\n"
        f"You choose your own when you sign in: {link}\n",
    )


def reset(server: str, link: str, minutes: int) -> Letter:
    return Letter(
        f"Choose a new password for {server}",
        f"Hello,\n\nsomebody, probably you, asked for a new password. Choose it here; the link works once, for "
        f"{minutes} minutes:\n\n{link}\n\nIf it was not you, do nothing: your password stays as it is.\n",
    )


def verification(server: str, link: str) -> Letter:
    return Letter(
        f"Confirm your e-mail address for {server}",
        f"Hello,\n\nconfirm that this address is yours:\n\n{link}\n\nIf you did not ask for this, do nothing.\n",
    )


def address_changed(server: str, user_name: str) -> Letter:
    """To the address that was the account's until now; names no new one, which may be a stranger's."""
    return Letter(
        f"Your e-mail address on {server} was changed",
        f"Hello,\n\nthe e-mail address of your account {user_name} on {server} was changed, and is no longer this one."
        f"\n\nIf that was not you, ask an administrator of {server}: somebody else may be using your account.\n",
    )


def new_sign_in(server: str, link: str, at: str, ip: str, user_agent: str) -> Letter:
    return Letter(
        f"New sign-in to {server}",
        f"Hello,\n\nyour account was used from a new place:\n\n  when    {at}\n  from    {ip}\n  with    "
        f"{user_agent or 'unknown'}\n\nIf it was not you, sign in, end that session in Settings, Sessions, and change "
        f"your password: {link}\n",
    )


def _days(days: int) -> str:
    return "a day" if days == 1 else f"{days} days"

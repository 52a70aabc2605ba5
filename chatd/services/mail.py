"""Letters: queued in the transaction of the deed that asks for them, sent afterwards, tried again.

Their words are domain's.
"""

import asyncio
import logging
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

import aiosmtplib

from chatd.domain import mails as letters
from chatd.domain.errors import ChatError, ErrorCode, invalid
from chatd.domain.mails import Letter
from chatd.domain.models import Session, User
from chatd.domain.text import postal_address
from chatd.services.asking import write_down
from chatd.services.chat import Chat
from chatd.store import Tx, mails, settings, users

NOT_CONFIGURED = "E-mail is not configured on this server; set a password instead."
LEASE_MS = 120_000  # a node that dies while it sends: another one tries again, so a letter may come twice
RETRY_MS = 30_000  # doubles with each try
BATCH = 20
TIMEOUT_SECONDS = 30
ASKED_SECONDS = 5  # for a relay to say what it takes
ASKED_AGAIN_SECONDS = 60
PERMANENT = 500  # and more: another try will not be answered otherwise (RFC 5321 section 4.2.1)
log = logging.getLogger("chatd.mail")


def require_configured(chat: Chat) -> None:
    if not chat.config.email.is_configured:
        raise ChatError(ErrorCode.EMAIL_NOT_CONFIGURED, NOT_CONFIGURED)


def queue(tx: Tx, to_address: str, letter: Letter) -> None:
    """The letter goes out after the commit, whatever becomes of this node."""
    mails.insert_mail(tx.connection, to_address, letter.subject, letter.body, tx.now)


def page_address(chat: Chat, fragment: str = "") -> str:
    """Where people open the page; what stands behind `#` reaches no server and no log."""
    return f"{chat.config.address}/{'#/' + fragment if fragment else ''}"


def server_name(tx: Tx) -> str:
    return str(settings.get_all(tx.connection)["name"])


def tell_of_sign_in(tx: Tx, chat: Chat, user: User, session: Session) -> None:
    """From a place never seen: the owner of the account hears of it, if his address is known to be his."""
    if chat.config.email.is_configured and session.new_place and user.email is not None and user.email_verified:
        at = datetime.fromtimestamp(session.created_at / 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")
        words = letters.new_sign_in(server_name(tx), page_address(chat), at, session.ip, session.user_agent[:120])
        queue(tx, user.email, words)


def tell_old_address(tx: Tx, chat: Chat, user: User) -> None:
    """Who only has a stolen session could take the account over by a new address and a forgotten password.

    Bounded: whoever changes his address to and fro must not fill a stranger's mailbox.
    """
    if not chat.config.email.is_configured or user.email is None:
        return
    if chat.allowances.letters.take(user.id, chat.clock.monotonic()):
        queue(tx, user.email, letters.address_changed(server_name(tx), user.user_name))


async def send_due(chat: Chat) -> int:
    """Send what is due; how many went out. Called again and again by every node."""
    if not chat.config.email.is_configured:
        return 0
    if not await chat.read(lambda connection: mails.any_due(connection, chat.clock.now())):
        return 0
    due = await chat.write(lambda tx: mails.take(tx.connection, tx.now, LEASE_MS, BATCH))
    return sum(await asyncio.gather(*[_send(chat, mail) for mail in due]))


async def _send(chat: Chat, mail: mails.Mail) -> bool:
    try:
        await _hand_over(chat, _message(chat, mail))
    except (aiosmtplib.SMTPException, OSError, TimeoutError, ValueError) as error:  # ValueError: no such address can be
        await _failed(chat, mail, error)
        return False
    await chat.write(lambda tx: mails.delete_mail(tx.connection, mail.id))
    return True


def _give_up(tx: Tx, mail: mails.Mail, reason: str) -> None:
    """Nobody waits for it: whoever looks after the server finds it in the audit log."""
    mails.delete_mail(tx.connection, mail.id)
    found = users.by_login(tx.connection, mail.to_address)
    target_id = found.user.id if found is not None else None
    detail = {"email": mail.to_address, "reason": reason}
    write_down(tx, "letter.failed", None, target_id, ip="", user_agent="", detail=detail)


def _message(chat: Chat, mail: mails.Mail) -> EmailMessage:
    message = EmailMessage()
    message["From"] = chat.config.email.sender
    message["To"] = postal_address(mail.to_address)
    message["Subject"] = mail.subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=chat.config.email.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no vacation notice answers
    message.set_content(mail.body)
    return message


async def _hand_over(chat: Chat, message: EmailMessage) -> None:
    email = chat.config.email
    await aiosmtplib.send(
        message,
        hostname=email.host,
        port=email.port,
        username=email.user or None,
        password=email.password,
        use_tls=email.secure,
        start_tls=False if email.secure else None,  # None: wherever the server offers it
        timeout=TIMEOUT_SECONDS,
    )


async def require_deliverable(chat: Chat, email: str) -> None:
    """Who asks for a letter to an address of other letters than ASCII hears if the relay takes none (RFC 6531).

    Only then is the relay asked, once a minute; one that does not answer may do so later. Raises `invalid`.
    """
    if postal_address(email).isascii():
        return
    now = chat.clock.monotonic()
    if chat.relay_asked_at is None or now - chat.relay_asked_at > ASKED_AGAIN_SECONDS:
        chat.relay_asked_at, chat.relay_takes_all = now, await _takes_all(chat)
    if not chat.relay_takes_all:
        raise invalid(
            "The mail server of this installation takes no address like this one; give one with letters from a to z "
            "before the @.",
            "email",
        )


async def _takes_all(chat: Chat) -> bool:
    email = chat.config.email
    relay = aiosmtplib.SMTP(
        hostname=email.host,
        port=email.port,
        use_tls=email.secure,
        start_tls=False if email.secure else None,
        timeout=ASKED_SECONDS,
    )
    try:
        async with asyncio.timeout(ASKED_SECONDS), relay:
            await relay.ehlo()
            return relay.supports_extension("smtputf8")
    except (aiosmtplib.SMTPException, OSError, TimeoutError):
        return True


def _is_final(error: Exception) -> bool:
    """Would another try end the same way?"""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return all(one.code >= PERMANENT for one in error.recipients)
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return error.code >= PERMANENT
    return isinstance(error, (aiosmtplib.SMTPNotSupported, ValueError))


async def _failed(chat: Chat, mail: mails.Mail, error: Exception) -> None:
    last = _is_final(error) or mail.tries >= chat.config.email.max_retries
    words = "given up" if last else "tried again later"
    log.warning("a letter could not be sent", extra={"reason": type(error).__name__, "then": words})
    if last:
        await chat.write(lambda tx: _give_up(tx, mail, type(error).__name__))
    else:
        until = chat.clock.now() + RETRY_MS * 2**mail.tries
        await chat.write(lambda tx: mails.put_off(tx.connection, mail.id, until))

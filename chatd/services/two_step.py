"""Two-step sign-in (FEATURES F41, R45-R47) and the second proof before what cannot be undone. Passwords are others'."""

from chatd.auth import totp
from chatd.auth.tokens import hashed
from chatd.domain.errors import ChatError, CloseCode, ErrorCode, conflict, invalid, unauthenticated
from chatd.domain.models import Actor, User
from chatd.protocol.requests import Proof
from chatd.protocol.shapes import RecoveryCodesReply, TotpReply, TotpStatusReply
from chatd.services import accounts, own_account, restrictions, revocation, witness
from chatd.services.asking import audit, require_admin_asker, require_session, require_sign_in, require_user
from chatd.services.chat import Chat
from chatd.services.proving import hearing
from chatd.store import Reader, Tx, settings, two_step, users

PROOF_LASTS_MS = 30 * 60_000
WRONG_CODE = "That code is not right, or was used already. Wait for the next one and try again."
CODE_NEEDED = "You have two-step sign-in: send a code of your app, or a recovery code."
STEP_UP = "One more check: send your password or a two-step code with this request, in `proof`."


def accept(tx: Tx, user_id: str, code: str) -> bool:
    """Is this a code of the user's app, or one of the recovery codes? Whichever it is, it is used up by this."""
    known = two_step.get(tx.connection, user_id)
    if known is None or not known.enabled:
        return False
    step = totp.step_of(known.secret, code, tx.now, known.used_step)
    if step is not None:
        two_step.use_step(tx.connection, user_id, step)
        return True
    return two_step.use_recovery_code(tx.connection, user_id, hashed(totp.plain(code)))


def require_code(tx: Tx, user: User, code: str | None) -> None:
    """The second step of a sign-in. Raises `totp_required` without a code, `unauthenticated` for a wrong one."""
    if not user.totp_enabled:
        return
    if code is None:
        raise ChatError(ErrorCode.TOTP_REQUIRED, "Enter the code from your authenticator app, or a recovery code.")
    if not accept(tx, user.id, code):
        raise ChatError(ErrorCode.UNAUTHENTICATED, WRONG_CODE, "totp")


async def status(chat: Chat, actor: Actor) -> TotpStatusReply:
    """Whether one has it, must have it, and how many recovery codes are left."""

    def look(connection: Reader) -> TotpStatusReply:
        user = users.get(connection, actor.user_id)
        assert user is not None
        return {
            "enabled": user.totp_enabled,
            "required": restrictions.requires_totp(connection, user),
            "recoveryCodesLeft": two_step.codes_left(connection, user.id),
        }

    return await chat.read(look)


async def begin(chat: Chat, actor: Actor, proof: Proof | None) -> TotpReply:
    """A new secret, worth nothing until it is confirmed."""
    await require_proof(chat, actor, proof, by_password=True)
    secret = totp.new_secret()

    def deed(tx: Tx) -> TotpReply:
        user = require_sign_in(require_session(tx, actor)).user
        if user.totp_enabled:
            raise conflict("Two-step sign-in is on already; switch it off first.")
        two_step.begin(tx.connection, user.id, secret)
        uri = totp.uri(secret, user.email or user.user_name, settings.get_all(tx.connection)["name"])
        return {"secret": secret, "uri": uri, "picture": totp.picture(uri)}

    return await chat.write(deed, actor)


async def confirm(chat: Chat, actor: Actor, code: str) -> RecoveryCodesReply:
    """Switch it on with a first code; the recovery codes are shown this once."""
    codes = totp.recovery_codes()

    def deed(tx: Tx) -> RecoveryCodesReply:
        user = require_sign_in(require_session(tx, actor)).user
        begun = two_step.get(tx.connection, user.id)
        if user.totp_enabled or begun is None:
            raise conflict("There is nothing to confirm; begin with totp.begin.")
        step = totp.step_of(begun.secret, code, tx.now, begun.used_step)
        if step is None:
            raise invalid(WRONG_CODE, "code")
        two_step.use_step(tx.connection, user.id, step)
        two_step.enable(tx.connection, user.id, tx.now, _hashes(codes))
        accounts.tell(tx, "user.updated", user.id)
        restrictions.settle(tx, user.id)
        audit(tx, actor, "totp.enabled", user.id)
        return {"recoveryCodes": codes}

    try:
        async with hearing(chat, actor) as guess:
            guess.failed = True
            done = await chat.write(deed, actor)
            guess.failed = False
    except ChatError as error:
        if error.field == "code":
            await witness.failed_proof(chat, actor, "totp.refused")
        raise
    return done


def _hashes(codes: list[str]) -> list[str]:
    return [hashed(totp.plain(code)) for code in codes]


async def new_codes(chat: Chat, actor: Actor, proof: Proof) -> RecoveryCodesReply:
    """Other recovery codes in place of those there were, used or not; shown this once."""
    await _check(chat, actor, proof, ErrorCode.FORBIDDEN)
    codes = totp.recovery_codes()

    def deed(tx: Tx) -> RecoveryCodesReply:
        user = require_sign_in(require_session(tx, actor)).user
        if not user.totp_enabled:
            raise conflict("Two-step sign-in is off; there are no recovery codes without it.")
        two_step.put_codes(tx.connection, user.id, _hashes(codes))
        audit(tx, actor, "totp.codesRenewed", user.id)
        return {"recoveryCodes": codes}

    return await chat.write(deed, actor)


async def disable(chat: Chat, actor: Actor, proof: Proof) -> None:
    """Switch it off with a code: an open session alone is not enough, nor is the password."""
    await _check(chat, actor, proof, ErrorCode.FORBIDDEN)

    def deed(tx: Tx) -> None:
        user = require_sign_in(require_session(tx, actor)).user
        if not user.totp_enabled:
            return
        if restrictions.requires_totp(tx.connection, user):
            raise conflict("This server requires two-step sign-in; it cannot be switched off.")
        two_step.disable(tx.connection, user.id)
        accounts.tell(tx, "user.updated", user.id)
        audit(tx, actor, "totp.disabled", user.id)

    await chat.write(deed, actor)


async def reset(chat: Chat, actor: Actor, user_id: str) -> User:
    """An administrator takes somebody's two-step sign-in away and signs him out (FEATURES R45-R47)."""

    def deed(tx: Tx) -> User:
        require_admin_asker(tx, actor)
        user = require_user(tx, user_id)
        if not user.totp_enabled:
            raise conflict("This user has no two-step sign-in to reset.")
        two_step.disable(tx.connection, user_id)
        revocation.end_all(tx, user_id, CloseCode.TOTP_RESET, by="admin")
        told = accounts.tell(tx, "user.updated", user_id)
        restrictions.settle(tx, user_id)  # tokens stay, and wait for it
        audit(tx, actor, "totp.reset", user_id)
        return told

    return await chat.write(deed, actor)


async def require_proof(chat: Chat, actor: Actor, proof: Proof | None, *, by_password: bool = False) -> None:
    """Before what cannot be undone: who has two-step sign-in proves themselves again, once in half an hour.

    `by_password` asks everybody who has a password: before what would outlast a stolen session.
    """
    session_id = actor.session_id
    if actor.is_command_line:
        return
    if session_id is None:
        raise unauthenticated()

    def look(connection: Reader) -> bool:
        found = users.credentials(connection, actor.user_id)
        proved = two_step.proved_at(connection, session_id)
        able = found is not None and (found.user.totp_enabled or (by_password and found.password_hash is not None))
        return not able or chat.clock.now() - proved < PROOF_LASTS_MS

    if await chat.read(look):
        return
    if proof is None:
        raise ChatError(ErrorCode.STEP_UP_REQUIRED, STEP_UP)
    await _check(chat, actor, proof, ErrorCode.STEP_UP_REQUIRED)

    def deed(tx: Tx) -> None:
        user = users.get(tx.connection, actor.user_id)
        if proof.totp is None and user is not None and user.totp_enabled:  # switched on while the password was heard
            raise ChatError(ErrorCode.STEP_UP_REQUIRED, CODE_NEEDED, "proof")
        two_step.set_proved(tx.connection, session_id, tx.now)

    await chat.write(deed, actor)


async def _check(chat: Chat, actor: Actor, proof: Proof, refusal: ErrorCode) -> None:
    """A code where two-step sign-in is on, else the password: whoever saw the one typed lacks the other."""
    found = await chat.read(lambda connection: users.credentials(connection, actor.user_id))
    if proof.totp is None and found is not None and found.user.totp_enabled:
        raise ChatError(refusal, CODE_NEEDED, "proof")
    async with hearing(chat, actor) as guess:
        if proof.totp is not None:
            code = proof.totp
            right = await chat.write(lambda tx: accept(tx, actor.user_id, code), actor)
        else:
            right = await chat.passwords.matches(
                proof.password or "", found.password_hash if found else None, by=actor.ip
            )
        guess.failed = not right
    if guess.failed:
        await witness.failed_proof(chat, actor, "proof.failed")
        words = WRONG_CODE if proof.totp is not None else own_account.WRONG_PASSWORD
        raise ChatError(refusal, words, "proof")

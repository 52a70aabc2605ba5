"""Signing in and out over HTTP (PROTOCOL.md section 1)."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from chatd import __version__
from chatd.auth.door import Knock
from chatd.auth.tokens import COOKIE
from chatd.domain.errors import ChatError, ErrorCode, not_found
from chatd.http.knocking import HttpDoor, body_of, json_response, model_of, payload_of
from chatd.protocol.requests import (
    DevLogin,
    ForgotPassword,
    PasswordLogin,
    Refresh,
    Register,
    SetupPassword,
    VerifyEmail,
)
from chatd.protocol.shapes import MeReply, TokensReply
from chatd.services import administration, invitations, reading, revocation, sign_in
from chatd.services.chat import Chat
from chatd.services.sign_in import SignIn


class AuthRoutes:
    def __init__(self, chat: Chat, door: HttpDoor) -> None:
        self.chat = chat
        self.door = door

    def routes(self) -> list[Route]:
        return [
            Route("/config.json", self.config),
            Route("/auth/password-login", self.password_login, methods=["POST"]),
            Route("/auth/dev-login", self.dev_login, methods=["POST"]),
            Route("/auth/register", self.register, methods=["POST"]),
            Route("/auth/refresh", self.refresh, methods=["POST"]),
            Route("/auth/logout", self.logout, methods=["POST"]),
            Route("/auth/me", self.me),
            Route("/auth/sessions", self.sessions, methods=["GET", "DELETE"]),
            Route("/auth/sessions/{id}", self.revoke, methods=["DELETE"]),
            Route("/auth/request-password-reset", self.forgot_password, methods=["POST"]),
            Route("/auth/setup-password", self.setup_password, methods=["POST"]),
            Route("/auth/verify-email", self.verify_email, methods=["POST"]),
        ]

    async def config(self, request: Request) -> Response:
        """Public facts that a sign-in page needs."""
        self.door.stranger(request)
        auth = self.chat.config.auth
        return json_response(
            {
                "server": {"name": await administration.public_name(self.chat), "version": __version__},
                "auth": {
                    "mode": auth.auth_mode,
                    "hasEmail": self.chat.config.email.is_configured,
                    "isInviteRequired": auth.is_invite_required,
                    "registrationEnabled": not auth.is_invite_required,
                    "passwordResetEnabled": self.chat.config.email.is_configured,
                    "oauthEnabled": False,
                    "passwordPolicy": auth.password_policy.public(),
                },
            }
        )

    async def _tokens(self, signed_in: SignIn, number: int) -> TokensReply:
        session, tokens = signed_in.session, self.chat.tokens
        return {
            "accessToken": tokens.access(signed_in.user.id, session.id, self.chat.clock.now()),
            "refreshToken": tokens.refresh(session.id, number),
            "exp": tokens.expiry_seconds,
            "tokenType": "Bearer",
            "user": await reading.shown_to_himself(self.chat, signed_in.user),
        }

    async def _signed_in(self, signed_in: SignIn, knock: Knock, **more: Any) -> Response:
        body = await self._tokens(signed_in, signed_in.session.refresh_number)
        if more:
            body["token"] = body["accessToken"]
        response = json_response(body)
        response.set_cookie(
            knock.cookie_name,
            signed_in.cookie or "",
            max_age=self.chat.config.auth.remember_me_expiry_seconds if signed_in.session.remember else None,
            httponly=True,
            samesite="lax",
            secure=knock.secure,
        )
        return response

    async def password_login(self, request: Request) -> Response:
        """Sign in with user name or e-mail address and password."""
        knock = self.door.stranger(request)
        asked = await model_of(request, PasswordLogin)
        login = asked.login if asked.login is not None else asked.email or ""
        place = self.door.place(knock, remember=asked.remember_me)
        signed_in = await sign_in.by_password(self.chat, login, asked.password, place, asked.totp)
        return await self._signed_in(signed_in, knock)

    async def dev_login(self, request: Request) -> Response:
        """Sign in without a password; exists in dev mode only."""
        if self.chat.config.auth.auth_mode != "dev":
            raise not_found("There is nothing at this path.")
        knock = self.door.stranger(request)
        asked = await model_of(request, DevLogin)
        place = self.door.place(knock, remember=False)
        return await self._signed_in(await sign_in.for_tests(self.chat, asked.email, place), knock, token=True)

    async def register(self, request: Request) -> Response:
        """Make one's own account and sign in."""
        knock = self.door.stranger(request)
        asked = await model_of(request, Register)
        place = self.door.place(knock, remember=False)
        link = asked.join_token
        signed_in = await sign_in.register(
            self.chat,
            asked.email,
            asked.password,
            asked.user_name,
            asked.display_name,
            place,
            None if link is None else lambda tx: invitations.admit_by_link(tx, link),
            None if link is None else lambda found, now: invitations.require_join_link(found, link, now),
        )
        return await self._signed_in(signed_in, knock)

    async def refresh(self, request: Request) -> Response:
        """A new pair of tokens for a refresh token."""
        self.door.stranger(request)
        asked = await model_of(request, Refresh)
        signed_in, number = await sign_in.refresh(self.chat, asked.refresh_token)
        return json_response(await self._tokens(signed_in, number))

    async def logout(self, request: Request) -> Response:
        """End the current session; fine also when it has ended already."""
        payload_of(request, await body_of(request))
        try:
            _, actor = await self.door.asker(request, restricted=True)
        except ChatError as error:
            if error.code is not ErrorCode.UNAUTHENTICATED:
                raise
            self.chat.door.require_origin(self.door.knock(request), missing=True)
        else:
            await revocation.sign_out(self.chat, actor)
        response = json_response({})
        knock = self.door.knock(request)
        sent = {knock.cookie_name, COOKIE} & request.cookies.keys()
        for name in sorted(sent) or [knock.cookie_name]:
            response.delete_cookie(name, httponly=True, samesite="lax", secure=knock.secure)
        return response

    async def me(self, request: Request) -> Response:
        """Who is signed in, and whether the session is restricted."""
        found, _ = await self.door.asker(request, restricted=True)
        body: MeReply = {"user": await reading.shown_to_himself(self.chat, found.user)}
        if found.session.restricted is not None:
            body["restricted"] = found.session.restricted
        return json_response(body)

    async def sessions(self, request: Request) -> Response:
        """One's own sessions; DELETE ends all but the current one."""
        _, actor = await self.door.asker(request)
        if request.method == "DELETE":
            return json_response({"revoked": await revocation.sign_out_others(self.chat, actor)})
        return json_response({"sessions": await reading.own_sessions(self.chat, actor)})

    async def revoke(self, request: Request) -> Response:
        """End one of one's own sessions."""
        _, actor = await self.door.asker(request)
        await revocation.revoke_own(self.chat, actor, request.path_params["id"])
        return json_response({})

    async def forgot_password(self, request: Request) -> Response:
        """A letter with a link to choose a new password; the answer is the same for known and unknown addresses."""
        knock = self.door.stranger(request)
        asked = await model_of(request, ForgotPassword)
        await invitations.forgot_password(self.chat, asked.email, self.door.place(knock, remember=False))
        return json_response({})

    async def setup_password(self, request: Request) -> Response:
        """Choose a password by the link of a letter, and be signed in."""
        knock = self.door.stranger(request)
        asked = await model_of(request, SetupPassword)
        place = self.door.place(knock, remember=False)
        signed_in = await invitations.set_up_password(self.chat, asked.token, asked.password, place, asked.totp)
        return await self._signed_in(signed_in, knock)

    async def verify_email(self, request: Request) -> Response:
        """Confirm an address by the link of a letter."""
        knock = self.door.stranger(request)
        asked = await model_of(request, VerifyEmail)
        await invitations.verify_email(self.chat, asked.token, self.door.place(knock, remember=False))
        return json_response({})

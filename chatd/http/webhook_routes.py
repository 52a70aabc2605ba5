"""POST /webhooks/{id}/messages: where other programs post. Making and deleting webhooks is the admin RPC's."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from chatd.auth.address import place
from chatd.dispatch.resources import WEBHOOK_PATH
from chatd.domain.errors import ChatError, unauthenticated
from chatd.domain.models import Webhook
from chatd.http.knocking import HttpDoor, json_response, model_of
from chatd.protocol.requests import PostByWebhook
from chatd.services import webhooks


class WebhookRoutes:
    def __init__(self, door: HttpDoor) -> None:
        self.door = door

    def routes(self) -> list[Route]:
        return [Route(WEBHOOK_PATH, self.post, methods=["POST"])]

    async def _webhook(self, request: Request) -> Webhook:
        """Which webhook posts. First 401, so that nothing is told to who has not its token; then 429 for each."""
        knock = self.door.knock(request)
        try:
            if knock.credential is None or knock.credential.kind != "bearer":
                raise unauthenticated("Send the webhook's token: Authorization: Bearer <token>.")
            found = await webhooks.identify(self.door.chat, request.path_params["id"], knock.credential.token)
        except ChatError:
            self.door.limit("address:" + place(knock.address))
            raise
        self.door.limit("webhook:" + found.id)
        return found

    async def post(self, request: Request) -> Response:
        """Post into the webhook's channel, as its bot."""
        webhook = await self._webhook(request)
        asked = await model_of(request, PostByWebhook)
        return json_response({"message": await webhooks.post(self.door.chat, webhook, asked)}, HTTPStatus.CREATED)

"""Who may act without a session: the command line and nobody else."""

import pytest

from chatd.domain.errors import ChatError, ErrorCode
from chatd.domain.models import COMMAND_LINE, Actor
from chatd.services import accounts, administration, tokens, two_step
from tests.serving import Running

CLI = Actor(COMMAND_LINE, None)


async def test_without_a_session_nobody_has_an_administrators_rights_but_the_command_line(node: Running) -> None:
    """An administrator's id alone, as a link or a webhook gives it, opens nothing."""
    admin, alice = await node.admin(), await node.client()
    chat, nobody = node.node.chat, Actor(admin.user_id, None)
    for deed in (
        lambda: accounts.set_role(chat, nobody, alice.user_id, "admin"),
        lambda: administration.get_user(chat, nobody, alice.user_id),
        lambda: two_step.require_proof(chat, nobody, None),
        lambda: tokens.create_system(chat, nobody, "mine", None),
    ):
        with pytest.raises(ChatError) as refused:
            await deed()
        assert refused.value.code is ErrorCode.UNAUTHENTICATED
    assert (await accounts.set_role(chat, CLI, alice.user_id, "admin")).role == "admin"


async def test_nobody_signed_in_is_the_command_line(node: Running) -> None:
    """Also who has a session under that id is judged by it, and a token of another's is made on the machine only."""
    admin, alice = await node.admin(), await node.client()
    chat = node.node.chat
    with pytest.raises(ChatError) as refused:
        await accounts.set_role(chat, Actor(COMMAND_LINE, alice.session_id), alice.user_id, "admin")
    assert refused.value.code is ErrorCode.FORBIDDEN
    with pytest.raises(ChatError) as refused:
        await tokens.create_for(chat, Actor(admin.user_id, admin.session_id), alice.user_id, "hers", None)
    assert refused.value.code is ErrorCode.FORBIDDEN
    assert (await tokens.create_for(chat, CLI, alice.user_id, "hers", None))["createdBy"] == COMMAND_LINE

"""What the tests of the services share."""

from collections.abc import AsyncIterator

import pytest

from tests.postbox import Postbox, postbox


@pytest.fixture
async def box() -> AsyncIterator[Postbox]:
    """A real SMTP server, and what came to it."""
    async with postbox() as box:
        yield box

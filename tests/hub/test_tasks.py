"""Background tasks end when they are told to, however stubborn they are."""

import asyncio

from chatd.hub.tasks import end_tasks


async def test_a_task_that_swallows_a_cancellation_is_ended_all_the_same() -> None:
    """A loop that takes the first cancellation for a failure of its connection does not run for ever."""
    swallowed = 0
    waiting = asyncio.Event()

    async def stubborn() -> None:
        nonlocal swallowed
        while True:
            try:
                waiting.set()
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                if swallowed:
                    raise
                swallowed += 1

    task = asyncio.create_task(stubborn())
    await waiting.wait()
    await end_tasks([task])
    assert task.cancelled()
    assert swallowed == 1


async def test_a_task_that_failed_is_no_trouble() -> None:
    """What it failed of was logged where it happened; ending it raises nothing."""

    async def failing() -> None:
        raise ValueError("on purpose")

    task = asyncio.create_task(failing())
    await asyncio.wait([task])
    await end_tasks([task])
    assert task.done()

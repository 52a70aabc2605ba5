"""A long past for a channel, written straight into the database of a node that is stopped meanwhile."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field

from chatd.domain.seams import SystemClock
from tests.page.house import House

MINUTE_MS = 60_000
DAY_MS = 86_400_000


@dataclass
class Past:
    """What was said in a channel, oldest first: the id of message `n` is `h0000n`."""

    channel_id: str
    ids: list[str] = field(default_factory=list)


async def with_past(house: House, texts: list[str], *, name: str = "archive", every_ms: int = MINUTE_MS) -> Past:
    """A channel whose last message is a minute old, one each `every_ms`, by alice, bob and carol in turns of two."""
    people = [await house.running.sign_in(f"{who}@example.com") for who in ("alice", "bob", "carol")]
    admin = await house.admin()
    channel = (await admin.ask("channel.create", name=name, kind="public"))["channel"]
    past = Past(str(channel["id"]), [f"h{number:06}" for number in range(len(texts))])
    await house.stop()
    now = SystemClock().now()
    first = channel["seq"] + 1
    rows = [
        {
            "id": id,
            "channel": past.channel_id,
            "seq": first + number,
            "author": people[number // 2 % 3].id,
            "content": text,
            "at": now - MINUTE_MS - (len(texts) - 1 - number) * every_ms,
        }
        for number, (id, text) in enumerate(zip(past.ids, texts, strict=True))
    ]
    with closing(sqlite3.connect(house.database)) as database, database:
        database.executemany(
            "INSERT INTO messages (id, channel_id, seq, changed_seq, author_id, content, created_at)"
            " VALUES (:id, :channel, :seq, :seq, :author, :content, :at)",
            rows,
        )
        database.execute(
            "UPDATE channels SET seq = ?, changed_at = ? WHERE id = ?", (first + len(texts) - 1, now, past.channel_id)
        )
        for person in people:
            database.execute(
                "INSERT INTO read_markers (user_id, channel_id, message_id, seq) VALUES (?, ?, ?, ?)",
                (person.id, past.channel_id, past.ids[-1], first + len(texts) - 1),
            )
    await house.start()
    return past


def prose(count: int) -> list[str]:
    """Messages of many lengths, told apart by their number: `#17:`."""
    words = [
        "lamp",
        "beam",
        "driver",
        "ramp",
        "bench",
        "flicker",
        "torque",
        "pannier",
        "threshold",
        "build",
        "image",
        "key",
    ]
    lengths = (3, 8, 20, 5, 60, 1, 12)
    return [
        f"#{number}: " + " ".join(words[(number * 7 + word) % len(words)] for word in range(lengths[number % 7]))
        for number in range(count)
    ]

"""Open administration panels: which sockets want to hear of which topics, live (`admin.watch`). No rights beyond it."""

from collections.abc import Collection
from typing import Any, Literal, get_args

from chatd.hub.fanout import write_all
from chatd.hub.live import LiveSocket
from chatd.protocol import frames

Topic = Literal["users", "sessions", "audit", "stats"]
TOPICS: tuple[Topic, ...] = get_args(Topic)


class Panels:
    """The sockets of one node that watch. Whoever is no administrator any more hears nothing more."""

    def __init__(self) -> None:
        self._watching: dict[Topic, set[LiveSocket]] = {topic: set() for topic in TOPICS}

    def watch(self, socket: LiveSocket, topics: Collection[Topic]) -> None:
        """From now on these topics and no others."""
        for topic, sockets in self._watching.items():
            if topic in topics:
                sockets.add(socket)
            else:
                sockets.discard(socket)

    def leave(self, socket: LiveSocket) -> None:
        for sockets in self._watching.values():
            sockets.discard(socket)

    def any(self, topic: Topic) -> bool:
        return bool(self._watching[topic])

    def tell(self, topic: Topic, type: str, payload: Any) -> None:
        """An event for those who watch; a socket whose person was demoted is dropped here, whatever it asked for."""
        if not (watching := self._watching[topic]):
            return
        for socket in [socket for socket in watching if socket.session.user.role != "admin"]:
            watching.discard(socket)
        write_all(list(watching), frames.text_frame(frames.event(type, payload)))

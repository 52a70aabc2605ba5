"""Figures for Prometheus, read when they are asked for: nothing is counted per socket on their behalf."""

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from chatd.dispatch.dispatcher import Dispatcher
from chatd.services.chat import Chat

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
_BATCH = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)


class Metrics(Collector):
    def __init__(self, chat: Chat, dispatcher: Dispatcher, queue_bytes: Callable[[], int]) -> None:
        self._chat, self._dispatcher, self._queue_bytes = chat, dispatcher, queue_bytes
        self._registry = CollectorRegistry()
        self._registry.register(self)
        self._requests = Histogram(
            "chatd_request_seconds", "From frame to reply", ["type"], buckets=_SECONDS, registry=self._registry
        )
        self._batch = Histogram(
            "chatd_commit_batch_writes", "Writes per commit", buckets=_BATCH, registry=self._registry
        )
        self._commit = Histogram(
            "chatd_commit_seconds", "Begin to commit of a batch", buckets=_SECONDS, registry=self._registry
        )
        dispatcher.observe = self._answered
        chat.pulse.queue_bytes = queue_bytes
        chat.store.writer.observe = self._committed

    def _answered(self, type: str, seconds: float) -> None:
        self._requests.labels(type).observe(seconds)
        self._chat.pulse.answered(seconds)

    def _committed(self, writes: int, seconds: float) -> None:
        self._batch.observe(writes)
        self._commit.observe(seconds)

    def text(self) -> bytes:
        return generate_latest(self._registry)

    def collect(self) -> Iterator[Metric]:
        hub = self._chat.hub
        fanout = hub.fanout
        yield GaugeMetricFamily("chatd_sockets", "Open sockets that hear events", value=len(hub.active))
        yield GaugeMetricFamily("chatd_sessions", "Sessions with a socket here", value=len(hub.sessions))
        yield GaugeMetricFamily("chatd_queue_bytes", "Unsent bytes of slow sockets", value=self._queue_bytes())
        yield GaugeMetricFamily(
            "chatd_writes_waiting", "Writes before the next commit", value=self._chat.store.writer.waiting
        )
        yield CounterMetricFamily("chatd_frames_in", "Frames received", value=self._dispatcher.frames_in)
        yield CounterMetricFamily("chatd_deliveries", "Channel events delivered to sockets", value=fanout.deliveries)
        yield CounterMetricFamily("chatd_writes", "Socket writes that delivered them", value=fanout.writes)
        yield CounterMetricFamily(
            "chatd_frames_out",
            "Frames sent: deliveries and replies",
            value=fanout.deliveries + self._dispatcher.replies,
        )
        ratio = fanout.writes / fanout.deliveries if fanout.deliveries else 0.0
        yield GaugeMetricFamily("chatd_writes_per_delivery", "Since the start", value=ratio)

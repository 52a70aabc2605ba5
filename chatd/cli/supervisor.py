"""Keeps worker processes on one listening socket: ends those that do not answer, starts others, ever more slowly."""

import os
import signal
import socket
import subprocess
import sys
import time

import click

LISTEN_FD = "CHATD_LISTEN_FD"  # how a worker gets the socket that its supervisor listens on
BEAT_FD = "CHATD_BEAT_FD"  # and the one on which it shows that it lives; at its end the worker ends too
TICK_SECONDS = 0.2
STARTING_SECONDS = 60.0  # until the first sign of life
SILENT_SECONDS = 15.0  # and from one to the next: workers give one a second
SETTLED_SECONDS = 10.0  # who ends sooner after the first sign is started again later, twice as late each time
DELAY_SECONDS = (0.5, 30.0)
PAUSED_SECONDS = 5.0  # a tick that took so long: the supervisor itself was stopped, and knows nothing of the others
END_SECONDS = 12.0  # a worker takes 10 s at most


class Slot:
    """The place of one worker, and who has it."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._process: subprocess.Popen[bytes] | None = None
        self._beats: socket.socket
        self._started_at = self._heard_at = 0.0
        self._has_spoken = False
        self._delay = 0.0
        self._start_at = 0.0

    def look(self, now: float, *, was_paused: bool) -> None:
        """Start who is missing, end who is silent."""
        if self._process is None:
            if now >= self._start_at:
                self._start(now)
            return
        if self._hear() or was_paused:
            self._heard_at = now
        if self._process.poll() is not None:
            self._bury(now)
        elif now - self._heard_at > (SILENT_SECONDS if self._has_spoken else STARTING_SECONDS):
            click.echo(f"chatd: worker {self._process.pid} does not answer; it is ended", err=True)
            self._process.kill()

    def _start(self, now: float) -> None:
        self._beats, theirs = socket.socketpair()
        self._beats.setblocking(False)
        fds = [self._listener.fileno(), theirs.fileno()]
        environment = os.environ | {LISTEN_FD: str(fds[0]), BEAT_FD: str(fds[1])}
        command = [sys.executable, "-m", "chatd", *sys.argv[1:]]
        with theirs:
            self._process = subprocess.Popen(command, env=environment, pass_fds=fds)
        self._started_at = self._heard_at = now
        self._has_spoken = False

    def _hear(self) -> bool:
        try:
            heard = bool(self._beats.recv(4096))
        except OSError:
            heard = False
        if heard and not self._has_spoken:
            self._has_spoken, self._started_at = True, time.monotonic()
        return heard

    def _bury(self, now: float) -> None:
        assert self._process is not None
        shortest, longest = DELAY_SECONDS
        is_quick = now - self._started_at < SETTLED_SECONDS
        self._delay = min(longest, max(shortest, 2 * self._delay)) if is_quick else 0.0
        later = f" in {self._delay:g} s" if self._delay else ""
        click.echo(
            f"chatd: worker {self._process.pid} ended with {self._process.returncode}; starting another{later}",
            err=True,
        )
        self._beats.close()
        self._process, self._start_at = None, now + self._delay

    def tell_to_end(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)

    def ended(self, deadline: float) -> int:
        """Its exit status, 0 when it ended as it was told; one that does not end is ended."""
        if self._process is None:
            return 0
        try:
            status = self._process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        # One that SIGTERM itself ended was still importing: it had accepted nothing, so it stopped clean.
        return 0 if status == -signal.SIGTERM else abs(status)


def supervise(listener: socket.socket, workers: int) -> int:
    """Until SIGTERM or SIGINT; the exit status."""
    stopping = False

    def stop(number: int, _: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    listener.set_inheritable(True)
    slots = [Slot(listener) for _ in range(workers)]
    before = time.monotonic()
    while not stopping:
        now = time.monotonic()
        for slot in slots:
            slot.look(now, was_paused=now - before > PAUSED_SECONDS)
        before = now
        signal.sigtimedwait([signal.SIGCHLD], TICK_SECONDS)  # a handler that ran does not cut this wait short
    for slot in slots:
        slot.tell_to_end()
    deadline = time.monotonic() + END_SECONDS
    return max(slot.ended(deadline) for slot in slots)

"""The data folder: who serves it, the server's own secrets, and why it cannot be used. Not the database in it."""

import errno
import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from chatd.domain.errors import CannotStart

SECRETS = ("jwtSecret", "tokenSecret", "installation")  # the last is the name of this database in Redis
FILE_MODE, FOLDER_MODE = 0o600, 0o700


class FolderInUse(CannotStart):
    """Another server already serves this data folder and nothing joins the two."""

    status = 2


class DataFolder:
    """One data folder. Raises OSError, which `unusable` makes a sentence of."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._claim: IO[str] | None = None
        self._kind = fcntl.LOCK_EX

    @property
    def database(self) -> Path:
        return self.path / "chatd.db"

    def prepare(self) -> None:
        """Make it and the file of the database, for the owner alone to read."""
        self.path.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        self.path.chmod(FOLDER_MODE)
        os.close(os.open(self.database, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE))

    def claim(self, *, joined: bool) -> None:
        """Serve this folder from now on. Raises FolderInUse when another server does, and not both are `joined`.

        Claims are made and changed under the write lock, so nobody slips in while one is turned into another.
        """
        self._claim = self._open_claim()
        self._kind = fcntl.LOCK_SH if joined else fcntl.LOCK_EX
        try:
            fcntl.flock(self._claim, self._kind | fcntl.LOCK_NB)
        except BlockingIOError:
            self.release()
            raise FolderInUse(
                f"Another chatd serves {self.path} already. Stop it, set another storage.databaseDirectory, "
                "or set the same redis.url for both so that they work as one."
            ) from None

    def _open_claim(self) -> IO[str]:
        return os.fdopen(os.open(self.path / "serve.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE), "r+")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else serves this folder inside the block. Raises FolderInUse."""
        claim = self._claim or self._open_claim()
        try:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError:
            raise FolderInUse(
                f"The database in {self.path} has to be brought up to date, and a chatd of another version serves it. "
                "Stop all that do, then start this one."
            ) from None
        finally:
            if self._claim is None:
                claim.close()
            else:
                fcntl.flock(claim, self._kind)

    def release(self) -> None:
        """Let others serve it."""
        if self._claim is not None:
            self._claim.close()
            self._claim = None

    @property
    def has_secrets(self) -> bool:
        return self._secrets_file.exists()

    @property
    def _secrets_file(self) -> Path:
        return self.path / "secrets.json"

    def secrets(self) -> dict[str, str]:
        """The server's own secrets, made on the first start. Raises CannotStart when they cannot be read."""
        if not self.has_secrets:
            self._make_secrets()
        try:
            found = json.loads(self._secrets_file.read_text(encoding="utf-8"))
        except ValueError:
            found = None
        if not isinstance(found, dict) or not all(isinstance(found.get(name), str) and found[name] for name in SECRETS):
            raise CannotStart(
                f"{self._secrets_file} is damaged: it has to hold {', '.join(SECRETS)}. Put back the copy from your "
                "backup; without one remove the file: new secrets are made, and everybody has to sign in again."
            )
        return found

    def _make_secrets(self) -> None:
        made = {
            "jwtSecret": secrets.token_urlsafe(48),
            "tokenSecret": secrets.token_urlsafe(48),
            "installation": secrets.token_hex(8),
        }
        partial = self._secrets_file.with_suffix(".part")
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE), "w") as out:
            json.dump(made, out)
            out.flush()
            os.fsync(out.fileno())
        partial.replace(self._secrets_file)


def unusable(path: Path, error: OSError) -> CannotStart:
    """The sentence for what the system says of the folder."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return CannotStart(f"The disk of {path} is full. Make room on it, then start again.")
        case errno.EROFS:
            return CannotStart(
                f"{path} is on a disk that can only be read. Mount it for writing, or set storage.databaseDirectory."
            )
        case errno.EACCES | errno.EPERM:
            return CannotStart(
                f"{error.filename or path} belongs to somebody else. Run chatd as its owner, or give the whole folder "
                f"{path} to the one it runs as (chown -R)."
            )
        case errno.ENOTDIR | errno.EEXIST | errno.EISDIR:
            kind = "file" if error.errno == errno.EISDIR else "folder"
            return CannotStart(
                f"{error.filename or path} stands where chatd has a {kind} of its own. Move it away, or set "
                "storage.databaseDirectory to another folder."
            )
    return CannotStart(f"{path} cannot be used: {error.strerror or error}.")

"""The only SQL. `Store` opens the database, `read` looks, `write` queues; one module per noun holds the statements."""

from chatd.store.database import Reader, Store
from chatd.store.writer import Outcome, Tx, Work

__all__ = ["Outcome", "Reader", "Store", "Tx", "Work"]

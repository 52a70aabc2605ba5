"""All that tests draw by chance comes from one seed, which a failing test names: `make test SEED=7` draws others."""

import os
import random

import pytest
from hypothesis import settings

SEED = int(os.environ.get("CHATD_SEED") or 0)


def drawn(place: int = 0) -> random.Random:
    """What a test draws from: the same for the same seed and place."""
    return random.Random(seed(place))


def seed(place: int) -> int:
    """For what draws by itself, the page for one."""
    return SEED * 1_000_003 + place


def configure(config: pytest.Config) -> None:
    """Hypothesis draws from it too, remembers nothing between two runs, and has no time-out of its own."""
    settings.register_profile("chatd", database=None, deadline=None)
    settings.load_profile("chatd")
    config.option.hypothesis_seed = str(SEED)

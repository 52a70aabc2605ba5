"""The settings. What administrators change live is not here."""

from chatd.config.loading import CONFIG_FILE, OUTSIDE_NAMES, UNSERVED, ConfigError, load
from chatd.config.model import Config, Server, Storage, is_secret, settings
from chatd.config.reference import masked, reference

__all__ = [
    "CONFIG_FILE",
    "OUTSIDE_NAMES",
    "UNSERVED",
    "Config",
    "ConfigError",
    "Server",
    "Storage",
    "is_secret",
    "load",
    "masked",
    "reference",
    "settings",
]

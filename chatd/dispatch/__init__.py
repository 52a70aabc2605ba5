"""From a typed frame to its handler: who may, what it must hold. Knows no deed by name."""

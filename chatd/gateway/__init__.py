"""The WebSocket end of every socket: opening, parsing, closing, heartbeats. Knows frames, not what they ask for."""

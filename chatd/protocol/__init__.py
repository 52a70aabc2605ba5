"""What goes over the wire: frames, request models, shapes of replies and events. No rules, no I/O."""

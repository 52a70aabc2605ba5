"""Pure rules and models: no await, no clock, no I/O."""

"""One file a command: `serve` and what belongs to running the house."""

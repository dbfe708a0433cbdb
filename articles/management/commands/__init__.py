"""One file a command, named room_verb."""

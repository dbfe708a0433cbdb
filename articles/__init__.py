"""The newsroom: everything about copy."""

"""The house: what holds for every address, and how it starts, works and ends."""

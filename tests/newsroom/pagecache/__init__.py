"""The page cache: what it may keep, for how long, and what it does when something breaks."""

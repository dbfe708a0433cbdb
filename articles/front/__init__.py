"""Which articles stand where: lists by position, related ones, the front page."""

"""What readers are shown: one module a kind of page."""

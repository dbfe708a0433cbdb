"""What the bench works out must be right before it is printed."""

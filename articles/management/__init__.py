"""What operators tell the newsroom."""

"""What machines ask to learn how the house is."""

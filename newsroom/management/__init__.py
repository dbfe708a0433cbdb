"""What the operator tells the house."""

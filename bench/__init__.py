"""Programs that print figures: one line a figure, the ratio to a reference measured in the same run first."""

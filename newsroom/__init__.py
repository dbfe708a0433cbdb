"""The house: joins the rooms, holds no copy."""

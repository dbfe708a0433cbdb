"""What deploy/ recommends must work as written."""

"""The page this site exists to serve, row by row."""

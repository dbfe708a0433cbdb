"""The page cache in front of Django: it knows addresses, headers and keys, neither models nor templates."""

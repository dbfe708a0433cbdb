"""Sitemaps: where everything readers may see lies, for search engines."""

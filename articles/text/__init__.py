"""Copy as plain values: dates, clean HTML, quotation marks, slugs, colours. No Django in here."""

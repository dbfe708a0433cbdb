"""Agencies' deliveries: from raw bytes to what the desk may publish."""

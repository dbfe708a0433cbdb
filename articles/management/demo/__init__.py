"""The demo newsroom: its people, its pictures, its copy, and as much generated copy as a test of size needs."""

"""Tells services outside what has changed, if the operator names any; publishing never waits for them."""

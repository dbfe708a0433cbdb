"""One module a wire format, each reading bytes into neutral items; none knows another."""

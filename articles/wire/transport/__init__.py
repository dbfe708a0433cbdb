"""How deliveries reach the ledger: a watched folder, fetching, being handed over; and what waits there is read."""

"""How deliveries reach the ledger."""

"""Reading any ledger: bytes of a file → sheets → layout → columns → rows. Pure Python, no database, no clock."""

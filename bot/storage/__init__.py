"""Everything that is kept, in SQLite or PostgreSQL: tables, queries (a module a feature) and the one door to them."""

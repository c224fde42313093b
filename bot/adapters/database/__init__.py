"""The database: SQLite as embedded default, PostgreSQL in production. Everything a person wrote is stored sealed."""

"""One outside thing each: catalogues, files, the NLU server, the database, encryption."""

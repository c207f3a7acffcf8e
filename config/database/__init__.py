"""The web server's way to PostgreSQL; Django finds it by the name of this package."""

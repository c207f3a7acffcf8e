"""A real OpenID Connect provider for tests: the sign-in package's own, as a site of its own on loopback."""

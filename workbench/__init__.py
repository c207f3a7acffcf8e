"""Pages over several rooms: home, one application as those who run it see it, the audit
trail. It has no models."""

"""What is kept about a candidate: erasure, retention, legal holds, their request of
access. It has no models."""

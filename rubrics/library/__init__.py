"""What drafts can be put together from: the starter set, and what published rubrics
hold."""

"""Reading role blueprints: bytes to Document to ImportPlan. Pure Python, no Django."""

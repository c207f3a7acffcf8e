"""The PDF packet of a debrief: what it says (content, redaction, charts), its pages (pdf), its life (services)."""

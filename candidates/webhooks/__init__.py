"""Pages on which webhooks of an opening, or of the installation, are added, tried and removed."""

"""Many candidates at once: a list is read, shown with what is doubtful, brought in as one thing and undone as one."""

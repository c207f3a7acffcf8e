"""What a role is judged by, and the documents it came from."""

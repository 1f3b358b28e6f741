"""What the service says about its own state, and how it finds out."""

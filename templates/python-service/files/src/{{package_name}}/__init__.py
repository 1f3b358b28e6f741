"""The service; `__main__` is where it starts."""

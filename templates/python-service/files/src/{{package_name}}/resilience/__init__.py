"""Brakes for calls to dependencies: deadline, retry, budget and circuit breaker."""

"""PostgreSQL: one pool, used with brakes, checked in the background."""

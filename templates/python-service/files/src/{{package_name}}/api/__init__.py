"""The HTTP interface: routes and the shape of errors."""

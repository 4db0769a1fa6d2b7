"""The current set-up as Python for other libraries: one module a library, found by being here."""

"""The program: `commands`, one module a subject, and what they share; `program` joins them."""

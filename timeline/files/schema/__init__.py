"""The format described: JSON Schema, one description a key, the instructions for a model."""

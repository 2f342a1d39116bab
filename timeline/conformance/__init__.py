"""Conformance vectors: inputs with expected answers, run through the response engine."""

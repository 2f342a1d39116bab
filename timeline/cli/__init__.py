"""The commands, one module for each subject; `program` puts them together."""

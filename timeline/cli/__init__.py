"""The commands, by what they are about; the roof puts them together."""

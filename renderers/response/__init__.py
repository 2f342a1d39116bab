"""The rooms behind spider, waterfall and survival: their axes, what one patient adds, names."""

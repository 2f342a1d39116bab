"""What a page to explore is made of: its panels, its data, its words, its dark ground."""

"""From statuses to endpoints: anchors, censoring, lines of therapy, and what would move them."""

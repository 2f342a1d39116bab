"""What the words beside a claim say: its cohort, its qualifiers, its time zero."""

"""Case files as numbered entries, and what another format does not hold of them."""

"""What is pasted into a grid."""

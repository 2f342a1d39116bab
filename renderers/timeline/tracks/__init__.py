"""Values over time: sums of diameters, and laboratory values."""

"""The records of a result, in the shape of ADRS, ADTTE and ADTR."""

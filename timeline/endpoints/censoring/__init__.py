"""Where follow-up of a line ends: censoring policies, missed visits, the end and its reason."""

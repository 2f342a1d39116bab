"""What an event holds besides its date: doses, lesions, procedures, changes of treatment."""

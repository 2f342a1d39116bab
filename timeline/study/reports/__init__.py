"""The reports of a study: tables, figures, files, and claims for the audit."""

"""What spreadsheets of clinics write otherwise than a case table: headings, and doses apart."""

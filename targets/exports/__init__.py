"""What leaves the site: charts as SVG, tables as CSV. Text from records and figures; no database, no request."""

"""What readers ask for over HTTP: each view parses the address, asks one query or one chart, and renders."""

"""Drawing functions: a record becomes a Plotly figure as a plain dict. No clock, no database; the language is the only surrounding state."""

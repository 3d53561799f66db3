"""How dates are written at the desk. Fields take and show ISO dates in every language, so that none is misread."""

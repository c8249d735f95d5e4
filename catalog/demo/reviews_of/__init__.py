"""Reviews by product, in ROWS: {handle: ((sku code, stars, days ago, masked name, text), ...)}."""

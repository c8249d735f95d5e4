"""The demo products, one module per category, each with PRODUCTS: tuple[Product, ...]."""

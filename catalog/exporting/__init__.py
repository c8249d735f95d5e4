"""Listings as files: Shopify's CSV and our own workbook. What is written here, ``catalog.importing`` reads unchanged.

Direction: lines (a listing as lines of named cells) ← files (CSV, workbook) ← runs.
"""

"""Catalogue files in the Shopify shape: read, compared with the shop, previewed, confirmed, applied.

Direction: encoding ← shopify (lines to groups) ← products (groups to drafts) ← diff (drafts against
the shop) ← apply ← runs.
"""

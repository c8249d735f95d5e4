"""The listing rules: run on saving, on importing and before a listing goes on sale. They find, they never rewrite.

One rule a module: ``check(sheet, book)`` yields findings; it reads nothing but its two arguments.
"""

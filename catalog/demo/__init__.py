"""The content of the demo shop 屿集 (Yuji): plain data and drawn pictures, no Django.

catalogue.CATALOGUE   merchants, brands, categories, products   (shapes.Catalogue)
reviews.REVIEWS       reviews, by product handle                (shapes.Review)
people.PEOPLE         demo shoppers and staff                   (shapes.People)
pictures/NAME.webp    one file per picture name in the data
drawing/              draws the pictures; needs numpy and scipy, which the shop does not
"""

"""Which picture shows what. Importing a module registers its pictures in sheet.PICTURES."""

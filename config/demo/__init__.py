"""The demo shop: people, orders in every state and their stories, made by the shop's own rules at past times."""

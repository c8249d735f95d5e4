"""The pages of a member."""

"""The pages that show a store."""

"""Texts in, evidence-linked places and projects out."""

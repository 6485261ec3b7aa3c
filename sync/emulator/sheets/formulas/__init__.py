"""Everyday formulas: openpyxl reads them into tokens, a small evaluator works them out."""

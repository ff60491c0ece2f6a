"""Démarche: news reports in, political events out."""

__version__ = "0.1.0"

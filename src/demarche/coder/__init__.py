"""Coding: a document in, its events out."""

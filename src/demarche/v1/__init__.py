"""Generated from proto/demarche/v1 at build time; only this file is kept."""

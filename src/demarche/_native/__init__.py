"""The compiled core. Each module has its own `.pyi`."""

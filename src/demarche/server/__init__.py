"""The gRPC service: thin handlers over the coder."""

"""The HTTP process: protocol, gateway (response cache, counting, log), the application in threads, metrics."""

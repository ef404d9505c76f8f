"""OTGroup: run occupational-therapy groups live and write each participant an own, true note."""

__version__ = "0.1.0"

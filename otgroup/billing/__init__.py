"""Minutes by mode, suggested codes with reasons, units, modifiers and cautions. Pure."""

"""What a leader does with a data folder, without a screen: the one composition for commands and screens."""

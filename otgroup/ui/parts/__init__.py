"""What every screen is made of: lines, forms, pages, the queue of keys."""

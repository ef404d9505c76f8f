"""The commands, one module for each noun. They parse options, ask the other rooms, and print."""

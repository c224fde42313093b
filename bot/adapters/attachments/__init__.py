"""Files that people bring: checked, and rid of what nobody sees, in a process of its own."""

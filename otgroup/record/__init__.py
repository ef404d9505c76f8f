"""What happens in a session: events, the parts of a participant's record they change, and the state they fold into.

Pure: no file, no screen, no clock of its own.
"""

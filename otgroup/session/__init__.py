"""What happens in a group: events, the state they fold into, protocols and clocks. Pure: no I/O, no clock."""

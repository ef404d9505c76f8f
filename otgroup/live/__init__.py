"""Recording a running group: an action in, events out. Knows neither screen nor file."""

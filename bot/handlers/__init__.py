"""From an update to a screen: two visible tables of routes, and a module a feature with handlers of a few lines."""

"""Review in the browser: a server on this machine for the people who look at what was read."""

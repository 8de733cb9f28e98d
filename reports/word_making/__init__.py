"""A Word document out of one HTML page. Runs in the child process: imports nothing of Waymark, Django least of all."""

"""What is done with a plan's file as a job: reading it, and loading what was understood and mended."""

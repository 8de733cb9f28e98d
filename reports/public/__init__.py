"""What everybody sees of a plan that was opened to the public, and the forms in which it is handed out."""

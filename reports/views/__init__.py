"""The pages of reports: reading them, writing them, clearing and publishing them, and their files."""

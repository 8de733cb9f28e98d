"""A plan taken out of Waymark: as Excel, Word, CSV or JSON, all from one table, and as a fixture."""

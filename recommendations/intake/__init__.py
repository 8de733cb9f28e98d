"""Plans brought in from Word, Excel and CSV: read into plain rows, understood, shown beside their source, loaded."""

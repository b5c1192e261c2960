"""The long series: they look for what a test of a second cannot find. Resumable, bounded in time."""

"""The demo group's problems: three years of findings, each lived through the ordinary actions."""

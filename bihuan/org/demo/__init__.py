"""The demo group's organisation: 晋岭钢铁集团, invented from its name to its last worker."""

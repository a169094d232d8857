"""Take apart what pickle cannot, or would lose something of; `rebuild` has the other half, file by file."""

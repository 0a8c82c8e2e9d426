"""From files and records to texts: decoding, formats, metadata."""

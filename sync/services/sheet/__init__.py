"""The coordinator's Sheet: what people fill in, and what we keep."""

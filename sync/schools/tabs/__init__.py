"""The same tables filled in by people in the coordinator's Sheet."""

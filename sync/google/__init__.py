"""Adapters over google-api-python-client and gspread: the ports of `sync.services.ports`, spoken to Google."""

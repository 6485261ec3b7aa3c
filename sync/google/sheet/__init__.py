"""Google Sheets: the coordinator's tabs, fitted into a spreadsheet that people rearrange."""

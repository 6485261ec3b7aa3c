"""Google Calendar: the visits' events, and what stands in people's own calendars."""

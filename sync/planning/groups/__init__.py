"""Groups: formed where there are none, who could come, and a term of their walks."""

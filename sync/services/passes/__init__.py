"""A pass over a school: Google is made to agree with the store, and what people changed there is heard."""

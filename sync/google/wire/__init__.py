"""The wire to Google: who we are to it, one client per account, what its refusals mean, and trying again."""

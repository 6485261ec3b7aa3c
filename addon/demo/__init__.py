"""The whole product on one machine: the local Workspace, a school, the add-on, and people who use it."""

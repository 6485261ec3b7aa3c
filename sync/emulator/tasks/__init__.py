"""Cloud Tasks v2: tasks that are really delivered, named de-duplication, retries."""

from sync.emulator.tasks import queues, tasks

__all__ = ["queues", "tasks"]

"""Pure: transactions that PostgreSQL ended so that others go on. What they did is taken back, and may be done again."""

from psycopg.errors import DeadlockDetected, SerializationFailure


def is_victim(error: BaseException) -> bool:
    """Whether the error says that this transaction stood in another's way, and nothing else."""
    return isinstance(error.__cause__, DeadlockDetected | SerializationFailure)

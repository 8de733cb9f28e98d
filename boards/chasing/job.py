from django_tasks import task

from boards.chasing import tick as chasing
from improvement import clock


@task()
def tick() -> None:
    """What `manage.py tick` does, as a job."""
    chasing.run(on=clock.today())

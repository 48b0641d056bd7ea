"""What is done by the clock, in plain words.

A message can get lost on its way to a worker, and a machine can be off at the hour. So a task in
this list asks first whether there is anything left to do, and comes often enough that one lost
message does no harm.
"""

from dataclasses import dataclass

from celery.schedules import crontab, schedule


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the schedule: a name, a sentence, when (Swedish time) and which task.

    `expires`: the message is thrown away when no worker took it for so many seconds.
    """

    name: str
    sentence: str
    when: crontab | schedule
    task: str
    expires: int | None = None


SCHEDULE = [
    Entry(
        "sweep-jobs",
        "Ring again for jobs that nobody picked up or that a dead worker left.",
        schedule(30),
        "core.tasks.sweep_jobs",
        expires=30,  # by then the next one is there
    ),
    Entry(
        "make-last-month",
        "Make the key figures of the month before: on the 1st, or the first morning after it.",
        crontab(hour=5, minute=0),
        "reports.tasks.make_last_month",
    ),
    Entry(
        "remind-of-esf-months",
        "Remind those who report to the ESF 14, 7, 3 and 1 days before a month is due.",
        crontab(hour="7-9", minute=10),
        "reports.tasks.remind_of_esf_months",
    ),
    Entry(
        "wipe-uploads",
        "Wipe the files that were sent in to be read and that nobody confirmed within a day.",
        crontab(minute=20),
        "casework.tasks.wipe_uploads",
    ),
    Entry(
        "wipe-papers",
        "Wipe bundles of certificates after a day, and files with papers that could not be read.",
        crontab(minute=30),
        "casework.tasks.wipe_papers",
    ),
    Entry(
        "send-digests",
        "Tell each main contact who must still sign: Monday at 7, or the first full hour after it.",
        crontab(hour="7-18", minute=0),
        "casework.signing.tasks.send_digests",
    ),
    Entry(
        "send-morning-letters",
        "Tell each user how much the day holds: working days at 7, or the first full hour after it.",
        crontab(hour="7-18", minute=0, day_of_week="1-5"),
        "casework.todo.tasks.send_morning_letters",
    ),
    Entry(
        "make-due-tasks",
        "Make the tasks that dates ask for: for the main contact of an enrolment that runs out.",
        crontab(hour="5-9", minute=15),
        "casework.todo.tasks.make_due_tasks",
    ),
    Entry(
        "end-sign-ups",
        "Give the places in activities of those whose enrolment has ended to those who wait.",
        crontab(hour=4, minute=30),
        "casework.tasks.end_sign_ups",
    ),
    Entry(
        "remind-of-planning-meetings",
        "Remind participants and staff of the next day's planning meetings, once of each time.",
        crontab(hour="8-18", minute=15),
        "casework.plans.tasks.remind_of_planning_meetings",
    ),
    Entry(
        "ask-for-plan-reviews",
        "Give main contacts a task for each plan that is to be reviewed within the week.",
        crontab(hour="5-8", minute=35),
        "casework.plans.tasks.ask_for_plan_reviews",
    ),
    Entry(
        "forget-the-spent",
        "Remove the keys of forms sent long ago, and sessions that have ended.",
        crontab(minute=40),
        "core.tasks.forget_the_spent",
    ),
]


def beat_schedule() -> dict:
    """Return the list in the form that Celery's beat reads."""
    return {
        entry.name: {
            "task": entry.task,
            "schedule": entry.when,
            "options": {"expires": entry.expires} if entry.expires else {},
        }
        for entry in SCHEDULE
    }

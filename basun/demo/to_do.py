"""What is to be done: steps of plans, what was agreed in notes, and what colleagues asked of each other."""

from datetime import date, timedelta

from accounts.roles import Role
from basun.demo.case_files import CaseFile
from basun.demo.days import at, working_days_from
from basun.demo.texts import sayings
from casework.models import StepWho, Task, TaskSource, TaskStatus

# When Anna's open tasks are due, in working days from today, beside those of plans and reviews.
ANNAS = (-3, 0, 0, 2, 4)
OTHERS = (-2, 0, 3)
# Steps of staff stay open for so many, so that nobody's list is only plans, and at most so long after.
OPEN_STEPS = 2
LATE = timedelta(days=4)
# Whose first promise came to nothing.
DROPPED = 2


def make_tasks(files: list[CaseFile], staff: dict[Role, list], today: date) -> None:
    """Tasks for everybody who works with participants: open, done, and one that was dropped."""
    rows = []
    for user in [*staff[Role.PEDAGOGUE], *staff[Role.EMPLOYMENT_OFFICER]]:
        rows += _own(user, files, ANNAS if user == staff[Role.PEDAGOGUE][0] else OTHERS, today)
    rows += _steps(files, today)
    rows += _done(files)
    rows += _for_functions(files, staff, today)
    rows += _loose(staff, today)
    Task.objects.bulk_create(rows, batch_size=500)


def _own(user, files, dues, today) -> list[Task]:
    """Open ones about the user's participants, from notes and by hand."""
    theirs = [
        each for each in files
        if user in (each.contact, each.officer) and each.contact and not each.is_protected
    ]  # fmt: skip
    rows = []
    for place, days in enumerate(dues):
        file = theirs[place % len(theirs)]
        texts = file.story["tasks"]
        due_on = today if days == 0 else working_days_from(today, days)
        note = next((each for each in reversed(file.notes) if each.author == user), None)
        rows.append(
            Task(
                participant=file.person,
                text=texts[(place // len(theirs)) % len(texts)],
                assigned_to=user,
                due_on=due_on,
                source=TaskSource.NOTE if note and place % 2 else TaskSource.HAND,
                note=note if place % 2 else None,
                created_at=at(working_days_from(today, -6), 9),
                created_by=user,
            )
        )
    return rows


def _steps(files, today) -> list[Task]:
    """The staff's steps of plans that hold: done with the step, or open."""
    rows, still_open = [], {}
    for file in files:
        for step in file.step_tasks:
            if step.who != StepWho.STAFF:
                continue
            if step.done_on is None and step.due_on < today - LATE:
                _finish_step(file, step, today)
            elif step.done_on is None:
                still_open[step.user_id] = still_open.get(step.user_id, 0) + 1
                if still_open[step.user_id] > OPEN_STEPS:
                    _finish_step(file, step, today)
            rows.append(_step_task(file, step))
    return rows


def _finish_step(file, step, today) -> None:
    """One too many open: it was done on time after all, and the step says so."""
    step.done_on = max(min(step.due_on, today - timedelta(days=1)), file.enrolment.starts_on)
    step.done_by = step.user
    step.save(update_fields=["done_on", "done_by"])


def _step_task(file, step) -> Task:
    task = Task(
        participant=file.person,
        text=step.text,
        assigned_to=step.user,
        due_on=step.due_on,
        source=TaskSource.PLAN,
        step=step,
        key=f"step:{step.pk}",
        created_at=step.changed_at,
        created_by=file.contact,
    )
    return _closed(task, step.done_on, step.user, step.outcome) if step.done_on else task


def _closed(task: Task, day: date, by, outcome: str, status=TaskStatus.DONE) -> Task:
    task.status, task.closed_at, task.closed_by = status, at(day, 15), by
    task.outcome, task.version = outcome, 2
    return task


def _done(files) -> list[Task]:
    """What was promised in notes and done some days later, and one that came to nothing."""
    rows, outcomes = [], sayings()["done_outcomes"]
    for file in files:
        mine = [each for each in file.notes if each.author == file.contact and each.agreed]
        for place, note in enumerate(mine[1:-1:2]):
            day = min(note.signed_at.date() + timedelta(days=4), file.today - timedelta(days=1))
            text = note.agreed.split("\n")[-1][:300]
            task = Task(
                participant=file.person,
                text=text,
                assigned_to=file.contact,
                due_on=day,
                source=TaskSource.NOTE,
                note=note,
                created_at=note.signed_at,
                created_by=file.contact,
            )
            dropped = file.index == DROPPED and place == 0
            outcome = (
                "Behövdes inte längre."
                if dropped
                else outcomes[(file.index + place) % len(outcomes)]
            )
            status = TaskStatus.DROPPED if dropped else TaskStatus.DONE
            rows.append(_closed(task, day, file.contact, outcome, status))
    return rows


def _for_functions(files, staff, today) -> list[Task]:
    """Given to a function, for whoever of them is first."""
    asked = [
        (Role.EMPLOYER_COORDINATOR, 3, "Hitta en praktikplats nära pendeltåget", 2),
        (Role.EMPLOYER_COORDINATOR, 9, "Ring tillbaka till arbetsgivaren om provdagen", 0),
        (Role.COUNSELLOR, 4, "Kolla om betygen räcker för att söka", 5),
        (Role.EMPLOYMENT_OFFICER, 11, "Svara om ersättningen under praktiken", 1),
        (Role.PEDAGOGUE, 7, "Har ingen huvudkontakt: ring och presentera oss", -1),
    ]
    return [
        Task(
            participant=files[index].person,
            text=text,
            to_role=role,
            due_on=today if days == 0 else working_days_from(today, days),
            created_at=at(working_days_from(today, -3), 11),
            created_by=files[index].contact or staff[Role.PROJECT_LEAD][0],
        )
        for role, index, text, days in asked
    ]


def _loose(staff, today) -> list[Task]:
    """About nobody in particular."""
    people = (staff[Role.PROJECT_LEAD][0], staff[Role.PEDAGOGUE][2])
    return [
        Task(
            text=each["text"],
            assigned_to=user,
            due_on=working_days_from(today, 2 + place),
            created_at=at(working_days_from(today, -2), 14),
            created_by=user,
        )
        for place, (each, user) in enumerate(zip(sayings()["loose_task"], people, strict=True))
    ]

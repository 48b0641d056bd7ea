"""Who can sign in to the demo: made-up staff of every role. Production refuses them (checks.py)."""

from dataclasses import dataclass

from accounts.roles import Authority, Role

# Not a secret: it is shown on the sign-in page of a demo, and nothing but a demo knows it.
PASSWORD = "lugn-sommar-vid-aspen"  # noqa: S105  (shown to everybody, for made-up data)
DOMAIN = "demo.basun.example"
KOMMUN, AF, EXTERNAL = Authority.MUNICIPALITY, Authority.EMPLOYMENT_SERVICE, Authority.EXTERNAL


@dataclass(frozen=True, slots=True)
class Login:
    """A made-up member of staff. `key` is how tools ask for the first one of a role."""

    key: str
    role_code: Role
    first_name: str
    last_name: str
    authority: Authority = KOMMUN

    @property
    def email(self) -> str:
        """The address to sign in with: anna.berg@demo.basun.example."""
        plain = f"{self.first_name}.{self.last_name}".lower().translate(PLAIN)
        return f"{plain}@{DOMAIN}"

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"

    @property
    def role(self) -> str:
        """The role in Swedish."""
        return self.role_code.label

    @property
    def password(self) -> str:
        """The one password of the demo."""
        return PASSWORD


PLAIN = str.maketrans("åäöéü ", "aaoeu-")

EVERYBODY = [
    Login("pedagogue", Role.PEDAGOGUE, "Anna", "Berg"),
    Login("pedagogue", Role.PEDAGOGUE, "Samir", "Haddad"),
    Login("pedagogue", Role.PEDAGOGUE, "Åsa", "Nyqvist"),
    Login("officer", Role.EMPLOYMENT_OFFICER, "Lars", "Ekström", AF),
    Login("officer", Role.EMPLOYMENT_OFFICER, "Leyla", "Demir", AF),
    Login("coordinator", Role.EMPLOYER_COORDINATOR, "Johan", "Sjölund"),
    Login("coordinator", Role.EMPLOYER_COORDINATOR, "Petra", "Öhman", AF),
    Login("sius", Role.SIUS_CONSULTANT, "Maria", "Lindqvist", AF),
    Login("counsellor", Role.COUNSELLOR, "Ulrika", "Östlund"),
    Login("lead", Role.PROJECT_LEAD, "Eva", "Sandström"),
    Login("lead", Role.PROJECT_LEAD, "Mikael", "Aydin"),
    Login("administrator", Role.ADMINISTRATOR, "Birgitta", "Holm"),
    Login("administrator", Role.ADMINISTRATOR, "Tomas", "Ånger"),
    Login("development_lead", Role.DEVELOPMENT_LEAD, "Fatima", "Rahimi"),
    Login("steering", Role.STEERING_GROUP, "Gunnar", "Wallin"),
    Login("steering", Role.STEERING_GROUP, "Helena", "Ström", AF),
    Login("evaluator", Role.EVALUATOR, "Peter", "Engdahl", EXTERNAL),
    Login("system_administrator", Role.SYSTEM_ADMINISTRATOR, "Nils", "Forsell"),
    Login("log_reviewer", Role.LOG_REVIEWER, "Ingrid", "Malm"),
    Login("developer", Role.DEVELOPER, "Robin", "Dahl"),
]


def first_of_each() -> list[Login]:
    """Return the first login of each role, in order."""
    firsts: dict[str, Login] = {}
    for login in EVERYBODY:
        firsts.setdefault(login.key, login)
    return list(firsts.values())


# What the sign-in page shows: one of each role.
LOGINS = first_of_each()

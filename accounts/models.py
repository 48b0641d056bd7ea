from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from accounts.permissions import Permission
from accounts.roles import ROLES, Authority, Role, Scope
from core.access_log import Actor
from core.constraints import one_of
from core.text import sort_key


class UserManager(BaseUserManager):
    """Makes users; there is no superuser, since no rule may be short-cut."""

    def create_user(self, email, password=None, *, roles=(), **fields):
        """Create a user with roles; the password may be left unset."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        for role in roles:
            RoleGrant.objects.create(user=user, role=role)
        return user

    def get_by_natural_key(self, email):
        return self.get(email=email.lower())

    def active_with_role(self, *roles):
        """Active staff that hold one of the roles, in Swedish order of name."""
        return (
            self.filter(is_active=True, role_grants__role__in=roles)
            .distinct()
            .order_by("sort_name", "pk")
        )


class User(AbstractBaseUser):
    """A member of staff of either authority, or somebody outside who reads results."""

    email = models.EmailField("e-postadress", unique=True)
    first_name = models.CharField("förnamn", max_length=100)
    last_name = models.CharField("efternamn", max_length=100)
    sort_name = models.CharField(max_length=420, editable=False)
    authority = models.CharField("myndighet", max_length=10, choices=Authority.choices)
    phone = models.CharField("telefon", max_length=40, blank=True)
    is_active = models.BooleanField("aktiv", default=True)
    is_demo = models.BooleanField("påhittad", default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name", "authority"]
    # No rule short-circuits on these; Django and its apps ask for them.
    is_staff = False
    is_superuser = False

    class Meta:
        verbose_name = "användare"
        verbose_name_plural = "användare"
        ordering = ["sort_name", "pk"]
        constraints = [
            one_of("user_authority_known", "authority", Authority),
            models.CheckConstraint(
                name="user_email_lower", condition=models.Q(email=models.functions.Lower("email"))
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.sort_name = sort_key(f"{self.last_name} {self.first_name}")
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    @cached_property
    def roles(self) -> list[Role]:
        """The user's roles; one query, once per loaded user."""
        return [
            Role(role) for role in self.role_grants.order_by("role").values_list("role", flat=True)
        ]

    @property
    def role_labels(self) -> str:
        """The roles in words."""
        return ", ".join(role.label for role in self.roles)

    @property
    def permissions(self) -> frozenset[Permission]:
        """Everything the user's roles allow; nothing when deactivated."""
        if not self.is_active:
            return frozenset()
        return frozenset().union(*(ROLES[role].permissions for role in self.roles))

    def may(self, permission: Permission) -> bool:
        """Say whether one of the roles has the permission. The one question about permissions."""
        return permission in self.permissions

    @property
    def scope(self) -> Scope:
        """The widest scope among the roles that may see participants."""
        return max(
            (
                ROLES[role].scope
                for role in self.roles
                if self.is_active and Permission.VIEW_PARTICIPANTS in ROLES[role].permissions
            ),
            default=Scope.NONE,
        )

    @property
    def needs_consent(self) -> bool:
        """Whether secrecy between authorities stands between this user and the participants."""
        return self.authority != Authority.MUNICIPALITY

    def as_actor(self, request_id: str = "") -> Actor:
        """The user as the access log writes them down."""
        return Actor(self.pk, self.email, ",".join(self.roles), self.authority, request_id)


class RoleGrant(models.Model):
    """A user holds a role."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField("roll", max_length=30, choices=Role.choices)
    granted_at = models.DateTimeField(default=timezone.now, editable=False)
    granted_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="role_grant_once", fields=["user", "role"]),
            one_of("role_grant_known", "role", Role),
        ]

    def __str__(self):
        return self.get_role_display()


class FailedSignIn(models.Model):
    """Failed attempts from one address at one account, kept as fingerprints (accounts/throttle.py)."""

    fingerprint = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    def __str__(self):
        return f"{self.failures}"

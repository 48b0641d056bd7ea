"""The files for production say what they should; there is no Docker here to ask."""

import re

import pytest

from tests.house.deployment import ROOT, compose, dockerfile, services_of_ours

INSTRUCTIONS = {"FROM", "ENV", "RUN", "COPY", "WORKDIR", "USER", "EXPOSE", "HEALTHCHECK", "CMD"}
READERS = re.compile(r'(?:env_\w+|required\w*)\((?:env_\w+, )?"([A-Z_]+)"')


def arguments(word):
    return [rest for instruction, rest in dockerfile() if instruction == word]


def test_the_dockerfile_has_only_instructions_that_exist():
    assert {word for word, _ in dockerfile()} <= INSTRUCTIONS


def test_base_images_are_pinned_to_a_version():
    images = [rest.split()[0] for rest in arguments("FROM")]
    images += [each["image"] for each in compose()["services"].values() if "build" not in each]
    assert all(re.search(r":\d", image) for image in images), images


def test_the_container_does_not_run_as_root():
    last_words = [word for word, _ in dockerfile()]
    assert arguments("USER") == ["basun"]
    assert last_words.index("USER") > max(i for i, word in enumerate(last_words) if word == "RUN")


def test_packages_are_installed_with_hashes_and_the_lists_removed():
    runs = " ".join(arguments("RUN"))
    assert "--require-hashes" in runs and "--no-install-recommends" in runs
    assert "rm -rf /var/lib/apt/lists/*" in runs


def test_what_is_copied_into_the_image_exists():
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    kept = [line[1:] for line in ignored if line.startswith("!")]
    assert ignored[0] == "*" and all((ROOT / name).exists() for name in kept)


def test_every_room_is_copied_into_the_image():
    from django.apps import apps

    kept = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    ours = [app.name for app in apps.get_app_configs() if (ROOT / app.name).is_dir()]
    assert ours and all(f"!{name}" in kept for name in ours)


def test_web_worker_and_beat_run_the_same_image():
    ours = services_of_ours()
    assert set(ours) == {"migrate", "web", "worker", "beat"}
    assert {each["image"] for each in ours.values()} == {"basun:latest"}


@pytest.mark.parametrize("name", ["migrate", "web", "worker", "beat"])
def test_our_services_are_read_only_and_without_privileges(name):
    service = compose()["services"][name]
    assert service["read_only"] and service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


def test_every_service_but_migrate_says_how_it_is():
    silent = {
        name
        for name, each in compose()["services"].items()
        if "healthcheck" not in each and name not in {"web", "proxy"}
    }
    assert not silent, "web's is in the Dockerfile, the proxy is Caddy's own affair"
    assert arguments("HEALTHCHECK")


def test_only_the_proxy_can_be_reached_from_outside():
    services = compose()["services"]
    assert [name for name, each in services.items() if "ports" in each] == ["proxy"]
    assert compose()["networks"]["inside"]["internal"]


def test_no_secret_is_written_in_the_files():
    for name in ("docker-compose.yml", ".env.example"):
        text = (ROOT / name).read_text("utf-8")
        found = re.findall(r"(?:PASSWORD|SECRET_KEY)(?:=|: )[ \t]*([^\s#]+)", text)
        assert all(value.startswith("${") for value in found), (name, found)


def test_env_example_explains_every_variable_that_the_settings_read():
    settings = "\n".join(p.read_text("utf-8") for p in (ROOT / "basun/settings").glob("*.py"))
    example = (ROOT / ".env.example").read_text("utf-8")
    told = set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE))
    assert set(READERS.findall(settings)) <= told


def test_env_example_tells_the_compose_files_variables():
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    example = (ROOT / ".env.example").read_text("utf-8")
    assert all(f"\n{name}=" in example for name in re.findall(r"(?<!\$)\$\{([A-Z_]+)", text))

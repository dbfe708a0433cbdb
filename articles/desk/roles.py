"""The three roles of the newsroom and what each may do."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission

COPY = ("article", "tag", "tagalias", "tagging", "picture", "teaser", "correction", "authorship", "furthercategory", "highlight")
REDAKTEUR = (
    [f"{act}_{model}" for model in COPY for act in ("add", "change", "view")]
    + [f"delete_{model}" for model in ("tagging", "teaser", "authorship", "furthercategory", "tagalias", "highlight")]
    + [f"view_{model}" for model in ("category", "author", "agency", "revision", "breaking", "position")]
    + ["view_wireitem", "change_wireitem", "publish_article", "change_position", "view_report", "change_report", "view_readcount"]
)
CHEF_VOM_DIENST = (
    REDAKTEUR
    + ["withdraw_article", "delete_article", "delete_tag", "delete_picture", "delete_correction", "delete_report"]
    + [f"{act}_{model}" for model in ("breaking", "author", "page") for act in ("add", "change", "delete", "view")]
    + [f"{act}_wirerule" for act in ("add", "change", "delete", "view")]
    + ["view_unknowncode", "change_unknowncode"]
    + [f"view_{model}" for model in ("wiredelivery", "feed", "house")]
)
ROLES = {"Redakteur": REDAKTEUR, "Chef vom Dienst": CHEF_VOM_DIENST}
ADMINISTRATOR = "Administrator"


def ensure_roles() -> None:
    """Create the groups and give them their rights; run after every migration, changes nothing when all is there."""
    for name, codes in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*Permission.objects.filter(content_type__app_label="articles", codename__in=codes))
    group, _ = Group.objects.get_or_create(name=ADMINISTRATOR)
    group.permissions.add(*Permission.objects.filter(content_type__app_label__in=["articles", "auth"]))

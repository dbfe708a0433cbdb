"""`manage.py wire_rules FILE`: rules of feeds as a file of JSON, rehearsed, and put in force when asked to."""

from __future__ import annotations

import json
import sys
from itertools import groupby
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from articles.management.wires import WireCommand
from articles.models import Category, Feed, WireRule
from articles.wire import rehearsing, routing

FIELDS = {*routing.LISTS, "name", "urgency_from", "urgency_to", "hour_from", "hour_to", "act"}


class Command(WireCommand):
    help = "Read rules from FILE (a JSON list, - for standard input), say what they would have done; --apply puts them in force."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", nargs="?", help="without it, print the rules that there are")
        parser.add_argument("--apply", action="store_true", help="replace the rules of every feed that FILE names")
        parser.add_argument("--days", type=int, default=rehearsing.DAYS, help="how much of the wire to rehearse with (default: %(default)s)")
        self.add_json(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"] is None:
            self.stdout.write(json.dumps([_as_file(rule) for rule in _all()], ensure_ascii=False, indent=2))
            return
        if not 1 <= options["days"] <= 366:
            self.stop(_("Bitte proben Sie mit 1 bis 366 Tagen."))
        with transaction.atomic():
            rules = self._read(options["file"])
            for feed, of_feed in groupby(rules, key=lambda rule: rule.feed):
                wanted = list(of_feed)
                self._tell(feed, rehearsing.rehearse(feed, wanted, alone=True, days=options["days"]), as_json=options["json"])
                if options["apply"]:
                    self._replace(feed, wanted)
        if not options["apply"] and not options["json"]:
            self.stdout.write(_("Nichts ist geändert: Mit --apply gelten diese Regeln."))

    def _replace(self, feed: Feed, wanted: list[WireRule]) -> None:
        WireRule.objects.filter(feed=feed).delete()
        for rule in wanted:
            rule.save()
            routing.put_in_force(rule)

    def _tell(self, feed: Feed, found: rehearsing.Rehearsal, *, as_json: bool) -> None:
        told = {"feed": feed.slug, "days": found.days, "items": found.seen, "changed": found.changed, **found.counts}
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        counts = {"published": 0, "inbox": 0, "discarded": 0, **told}
        self.stdout.write(
            _("%(feed)s: von %(items)d Meldungen in %(days)d Tagen %(published)d veröffentlicht, %(inbox)d im Eingang, %(discarded)d verworfen.") % counts
        )
        for row in found.rows:
            where = row.after.category if row.after.place == "published" else row.after.reason
            self.stdout.write(f"  {row.item}  {row.after.place.label}{f': {where}' if where else ''}")

    def _read(self, name: str) -> list[WireRule]:
        try:
            told = json.loads(sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8"))
        except OSError as fault:
            self.stop(_("«%(name)s» ist nicht zu lesen: %(fault)s.") % {"name": name, "fault": fault.strerror})
        except ValueError as fault:
            self.stop(_("«%(name)s» ist kein JSON: %(fault)s.") % {"name": name, "fault": fault})
        if not isinstance(told, list) or not told:
            self.stop(_("Die Datei enthält keine Liste von Regeln."))
        rules = [self._rule(place, entry) for place, entry in enumerate(told, start=1)]
        return sorted(rules, key=lambda rule: (rule.feed.slug, rule.position))

    def _rule(self, place: int, entry: Any) -> WireRule:
        if not isinstance(entry, dict) or not {"feed", "name"} <= entry.keys():
            self.stop(_("Regel %d braucht «feed» und «name».") % place)
        strange = sorted(entry.keys() - FIELDS - {"feed", "category"})
        if strange:
            self.stop(_("Regel %(place)d: «%(name)s» gibt es nicht.") % {"place": place, "name": strange[0]})
        rule = WireRule(feed=self.feed(str(entry["feed"])), position=place, category=self._category(entry.get("category")))
        for name in FIELDS & entry.keys():
            setattr(rule, name, entry[name])
        lists = all(isinstance(value := getattr(rule, name), list) and all(isinstance(one, str) for one in value) for name in routing.LISTS)
        try:
            rule.full_clean()
        except ValidationError as fault:
            self.stop(_("Regel %(place)d: %(fault)s") % {"place": place, "fault": " ".join(fault.messages)})
        if not lists:
            self.stop(_("Regel %(place)d: %(names)s sind Listen von Wörtern.") % {"place": place, "names": ", ".join(routing.LISTS)})
        return rule

    def _category(self, slug: Any) -> Category | None:
        if slug in (None, ""):
            return None
        found = Category.objects.filter(slug=str(slug)).first()
        if found is None:
            self.stop(_("Ein Ressort «%s» gibt es nicht.") % slug)
        return found


def _all() -> list[WireRule]:
    return list(WireRule.objects.select_related("feed", "category").order_by("feed__slug", "position", "pk"))


def _as_file(rule: WireRule) -> dict[str, Any]:
    values = {name: getattr(rule, name) for name in sorted(FIELDS)}
    kept = {name: value for name, value in values.items() if value not in (None, [], "")}
    return {"feed": rule.feed.slug, **kept, **({"category": rule.category.slug} if rule.category else {})}

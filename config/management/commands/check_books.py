import json
import sys

from django.core.management.base import BaseCommand

from config import books


class Command(BaseCommand):
    help = "Proves the invariants of the shop in SQL; exits 1 when one is broken."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of lines")

    def handle(self, *args, **options):
        findings = list(books.check())
        broken = [finding for finding in findings if finding.broken]
        if options["json"]:
            report = {"invariants": len(findings), "broken": [vars(finding) for finding in broken]}
            self.stdout.write(json.dumps(report, ensure_ascii=False, default=str, indent=2))
        else:
            for finding in findings:
                mark = "BROKEN" if finding.broken else "ok"
                self.stdout.write(f"{mark:7}{finding.app}.{finding.name}: {finding.rule}")
                for example in finding.examples[:5]:
                    self.stdout.write(f"         {example}")
            self.stdout.write(f"{len(findings)} invariants, {len(broken)} broken")
        if broken:
            sys.exit(1)

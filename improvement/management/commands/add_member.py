from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from improvement import clock, workflow
from improvement.models import Council, LeadOfficer, Organisation, Role


class Command(BaseCommand):
    help = "Let somebody into a council. They set a password by “Forgot your password?” on the sign-in page."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "--council", required=True, help="the council's short name in addresses, such as harrow"
        )
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--name", default="")
        parser.add_argument("--organisation", help="short name of the organisation that they act for")
        parser.add_argument(
            "--post", action="append", default=[], help="abbreviation of a post that they hold; repeatable"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        council = Council.objects.filter(slug=options["council"]).first()
        if council is None:
            raise CommandError(f"There is no council {options['council']}.")
        organisation = None
        if options["organisation"]:
            organisation = Organisation.objects.filter(council=council, slug=options["organisation"]).first()
            if organisation is None:
                raise CommandError(f"{council} has no organisation {options['organisation']}.")
        posts = list(LeadOfficer.objects.filter(council=council, abbreviation__in=options["post"]))
        unknown = set(options["post"]) - {post.abbreviation for post in posts}
        if unknown:
            raise CommandError(f"{council} has no post {', '.join(sorted(unknown))}.")
        try:
            workflow.add_member(
                council=council,
                email=options["email"],
                name=options["name"],
                role=Role(options["role"]),
                organisation=organisation,
                posts=posts,
                by=None,
                on=clock.day_of(council),
            )
        except workflow.AlreadyMember as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{options['email']} is in {council} as {Role(options['role']).label.lower()}.")

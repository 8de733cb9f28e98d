import django_tables2 as tables

PLAN_ORDER = ("recommendation__theme__position", "recommendation__position", "position", "pk")


class ActionTable(tables.Table):  # type: ignore[misc]
    """Head, sorting and paging of a plan's actions; rows are written by the template, which costs a fifth."""

    reference = tables.Column("Action", order_by=PLAN_ORDER)
    lead = tables.Column("Lead", order_by=("first_lead", *PLAN_ORDER))
    due = tables.Column("Due", order_by=("due_place", *PLAN_ORDER))
    stage = tables.Column("Stage", order_by=("stage", *PLAN_ORDER))
    rating = tables.Column("Rating", order_by=("rating_position", *PLAN_ORDER))
    updated = tables.Column("Updated", order_by=("updated_place", *PLAN_ORDER))

    class Meta:
        template_name = "recommendations/_action_table.html"
        order_by = ("reference",)
        empty_text = ""

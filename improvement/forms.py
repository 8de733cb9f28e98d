from django.forms.renderers import TemplatesSetting


class WaymarkRenderer(TemplatesSetting):
    """Forms come out as the components of `templates/django/forms/`."""

    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/field.html"

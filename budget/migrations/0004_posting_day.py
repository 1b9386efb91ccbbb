from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('budget', '0003_posting_reversal'),
        ('programme', '0003_constraints_name_their_field'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='posting',
            index=models.Index(fields=['happened_on'], name='budget_posting_day'),
        ),
    ]

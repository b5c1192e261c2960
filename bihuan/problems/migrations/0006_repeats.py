from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("problems", "0005_fast_lists"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="problem",
            index=models.Index(
                condition=models.Q(("repeat_of__isnull", False)), fields=["repeat_of"], name="problem_repeat"
            ),
        ),
    ]

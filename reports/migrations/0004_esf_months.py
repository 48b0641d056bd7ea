import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('participants', '0003_exit_left_open_and_benefits'),
        ('reports', '0003_report_once_by_schedule'),
    ]

    operations = [
        migrations.CreateModel(
            name='EsfReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.CharField(max_length=7, verbose_name='månad')),
                ('days_left', models.SmallIntegerField(verbose_name='dagar kvar')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['month', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('month', 'days_left'), name='esf_reminder_once')],
            },
        ),
        migrations.CreateModel(
            name='EsfTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='namn')),
                ('content', models.BinaryField(verbose_name='fil')),
                ('sha256', models.CharField(max_length=64, verbose_name='kontrollsumma')),
                ('sheet', models.CharField(blank=True, max_length=60, verbose_name='blad')),
                ('header_row', models.PositiveSmallIntegerField(default=1, verbose_name='rubrikrad')),
                ('columns', models.JSONField(blank=True, default=dict, verbose_name='kolumner')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='uppladdad')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='bekräftad')),
                ('retired_at', models.DateTimeField(blank=True, null=True, verbose_name='tagen ur bruk')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('retired_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'mall',
                'verbose_name_plural': 'mallar',
                'ordering': ['-uploaded_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='esf_template_confirmed_complete'), models.CheckConstraint(condition=models.Q(models.Q(('retired_at__isnull', True), ('retired_by__isnull', True)), models.Q(('retired_at__isnull', False), ('retired_by__isnull', False)), _connector='OR'), name='esf_template_retired_complete')],
            },
        ),
        migrations.CreateModel(
            name='EsfVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.CharField(max_length=7, verbose_name='månad')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('status', models.CharField(choices=[('locked', 'Låst'), ('sent', 'Skickad'), ('received', 'Kvitterad')], default='locked', max_length=10, verbose_name='läge')),
                ('locked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='låst')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='varför den görs om')),
                ('changes', models.JSONField(blank=True, default=list, verbose_name='ändrade rader')),
                ('figures', models.JSONField(default=dict, verbose_name='siffror')),
                ('rows_sha256', models.CharField(max_length=64, verbose_name='SHA-256 av raderna')),
                ('job_id', models.UUIDField(editable=False, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='skickad')),
                ('receipt', models.CharField(blank=True, max_length=120, verbose_name='kvittens')),
                ('received_on', models.DateField(blank=True, null=True, verbose_name='kvitterad')),
                ('locked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('template', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='reports.esftemplate')),
            ],
            options={
                'verbose_name': 'ESF-rapport',
                'verbose_name_plural': 'ESF-rapporter',
                'ordering': ['month', 'number'],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['locked', 'sent', 'received'])), name='esf_version_status_known'), models.UniqueConstraint(fields=('month', 'number'), name='esf_version_once'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', True), ('sent_by__isnull', True)), models.Q(('sent_at__isnull', False), ('sent_by__isnull', False)), _connector='OR'), name='esf_version_sent_complete'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at', None), ('status', 'locked')), models.Q(models.Q(('status', 'locked'), _negated=True), ('sent_at__isnull', False)), _connector='OR'), name='esf_version_sent_when_sent'), models.CheckConstraint(condition=models.Q(models.Q(('received_on__isnull', False), ('status', 'received'), models.Q(('receipt', ''), _negated=True)), models.Q(models.Q(('status', 'received'), _negated=True), ('receipt', ''), ('received_on', None)), _connector='OR'), name='esf_version_receipt_when_received'), models.CheckConstraint(condition=models.Q(('number', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='esf_version_again_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='EsfStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('locked', 'Låst'), ('sent', 'Skickad'), ('received', 'Kvitterad')], max_length=10, verbose_name='läge')),
                ('at', models.DateTimeField(verbose_name='när')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='anteckning')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='reports.esfversion')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='EsfRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=13, verbose_name='personnummer')),
                ('last_name', models.CharField(max_length=100, verbose_name='efternamn')),
                ('first_name', models.CharField(max_length=100, verbose_name='förnamn')),
                ('email', models.CharField(max_length=254, verbose_name='e-post')),
                ('phone', models.CharField(max_length=40, verbose_name='mobil')),
                ('starts_on', models.DateField(verbose_name='startdatum')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='slutdatum')),
                ('hours', models.DecimalField(decimal_places=2, max_digits=7, verbose_name='timmar')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.participant')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='reports.esfversion')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('version', 'participant'), name='esf_row_once')],
            },
        ),
        migrations.CreateModel(
            name='EsfFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('format', models.CharField(choices=[('xlsx', 'Excel till SCB'), ('pdf', 'PDF till arkivet'), ('json', 'JSON')], max_length=10)),
                ('name', models.CharField(max_length=120, verbose_name='filnamn')),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField(verbose_name='byte')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='reports.esfversion')),
            ],
            options={
                'ordering': ['format', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('version', 'format'), name='esf_file_once')],
            },
        ),
        migrations.CreateModel(
            name='Rate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='gäller från')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='gäller till och med')),
                ('call_year', models.PositiveSmallIntegerField(verbose_name='utlysningsår')),
                ('programme_area', models.CharField(max_length=60, verbose_name='programområde')),
                ('benefit', models.CharField(choices=[('income_support', 'Försörjningsstöd'), ('activity_support', 'Aktivitetsstöd eller utvecklingsersättning'), ('establishment', 'Etableringsersättning'), ('unemployment', 'Arbetslöshetsersättning'), ('sickness', 'Sjuk- eller aktivitetsersättning'), ('none', 'Ingen ersättning')], max_length=20, verbose_name='ersättning')),
                ('age_from', models.PositiveSmallIntegerField(verbose_name='från ålder')),
                ('age_to', models.PositiveSmallIntegerField(verbose_name='till och med ålder')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=7, verbose_name='kronor per timme')),
                ('source', models.CharField(max_length=200, verbose_name='underlag')),
                ('entered_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'timsats',
                'verbose_name_plural': 'timsatser',
                'ordering': ['benefit', 'age_from', 'valid_from', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('benefit__in', ['income_support', 'activity_support', 'establishment', 'unemployment', 'sickness', 'none'])), name='rate_benefit_known'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='rate_ends_after_start', violation_error_message='Slutdatum kan inte ligga före startdatum.'), models.CheckConstraint(condition=models.Q(('age_to__gte', models.F('age_from'))), name='rate_ages', violation_error_message='Till och med ålder kan inte vara lägre än från ålder.'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='rate_above_zero', violation_error_message='Beloppet ska vara större än 0.'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='rate_has_source')],
            },
        ),
    ]

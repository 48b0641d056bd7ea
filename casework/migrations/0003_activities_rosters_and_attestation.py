import casework.models.sheets
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('casework', '0002_import_uploads'),
        ('core', '0001_initial'),
        ('participants', '0003_exit_left_open_and_benefits'),
    ]

    operations = [
        migrations.CreateModel(
            name='ActivityLeader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='namn')),
                ('organisation', models.CharField(blank=True, max_length=120, verbose_name='organisation')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ActivityTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='namn')),
                ('type', models.CharField(choices=[('7tjugo', '7TJUGO'), ('workshop', 'Verkstad'), ('lecture', 'Föreläsning'), ('visit', 'Studiebesök'), ('talk', 'Samtal'), ('other', 'Annan aktivitet')], max_length=20, verbose_name='typ')),
                ('kind', models.CharField(choices=[('group', 'Gruppaktivitet'), ('individual', 'Individuell')], default='group', max_length=20, verbose_name='slag')),
                ('description', models.TextField(blank=True, verbose_name='beskrivning')),
                ('place', models.CharField(blank=True, max_length=120, verbose_name='plats')),
                ('capacity', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='antal platser')),
                ('is_active', models.BooleanField(default=True, verbose_name='används')),
            ],
            options={
                'ordering': ['name', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['group', 'individual'])), name='activity_template_kind_known'), models.CheckConstraint(condition=models.Q(('type__in', ['7tjugo', 'workshop', 'lecture', 'visit', 'talk', 'other'])), name='activity_template_type_known')],
            },
        ),
        migrations.CreateModel(
            name='AttestationBreak',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.CharField(max_length=60, verbose_name='före')),
                ('after', models.CharField(max_length=60, verbose_name='efter')),
                ('reason', models.CharField(max_length=200, verbose_name='varför')),
                ('broken_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['broken_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Bundle',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=120, verbose_name='titel')),
                ('content', models.BinaryField(blank=True, default=b'', verbose_name='fil')),
                ('pages', models.PositiveIntegerField(default=0, verbose_name='sidor')),
                ('people', models.JSONField(default=list)),
                ('job_id', models.UUIDField(editable=False, null=True, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='framtagen')),
                ('wiped_at', models.DateTimeField(blank=True, null=True, verbose_name='borttagen')),
            ],
            options={
                'verbose_name': 'bunt',
                'verbose_name_plural': 'buntar',
                'ordering': ['-made_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('wiped_at', None), ('content', b''), _connector='OR'), name='bundle_wiped_is_empty')],
            },
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_sha256', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='CounterSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('text', models.TextField(verbose_name='text')),
                ('rows_sha256', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ['signed_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('monday', models.DateField(verbose_name='veckans måndag')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['monday', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='EsfProject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='gäller från')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='gäller till och med')),
                ('name', models.CharField(max_length=60, verbose_name='projektets namn')),
                ('diary_number', models.CharField(blank=True, max_length=40, verbose_name='diarienummer')),
                ('owner', models.CharField(blank=True, max_length=120, verbose_name='projektägare')),
                ('paper_counts', models.BooleanField(default=True, verbose_name='underskrift på papper godkänns')),
                ('drawn_counts', models.BooleanField(default=False, verbose_name='ritad underskrift godkänns')),
                ('link_counts', models.BooleanField(default=False, verbose_name='underskrift med engångslänk godkänns')),
                ('needs_countersignature', models.BooleanField(default=True, verbose_name='digitala underskrifter ska kontrasigneras')),
                ('code_female', models.CharField(default='Tf29', max_length=4, verbose_name='kod för kvinna med skyddade uppgifter')),
                ('code_male', models.CharField(default='Tf19', max_length=4, verbose_name='kod för man med skyddade uppgifter')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='underlag')),
            ],
            options={
                'verbose_name': 'ESF-projekt',
                'ordering': ['valid_from', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('valid_from',), name='esf_project_once_from'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='esf_project_ends_after_start', violation_error_message='Slutdatum kan inte ligga före startdatum.')],
            },
        ),
        migrations.CreateModel(
            name='Scan',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('content', models.BinaryField(blank=True, default=b'', verbose_name='fil')),
                ('size', models.PositiveIntegerField(verbose_name='byte')),
                ('sha256', models.CharField(max_length=64, verbose_name='kontrollsumma')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='läst')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='skickad')),
            ],
            options={
                'verbose_name': 'inskanning',
                'verbose_name_plural': 'inskanningar',
                'ordering': ['-uploaded_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ScanPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='sida')),
                ('picture', models.BinaryField(verbose_name='bild')),
                ('sheet_page', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='underlagets sida')),
                ('state', models.CharField(choices=[('unknown', 'Koden gick inte att läsa'), ('found', 'Väntar på genomgång'), ('registered', 'Registrerad'), ('aside', 'Lagd åt sidan')], max_length=10, verbose_name='läge')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='anteckning')),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'inskannad sida',
                'verbose_name_plural': 'inskannade sidor',
                'ordering': ['scan', 'number'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['unknown', 'found', 'registered', 'aside'])), name='scan_page_state_known')],
            },
        ),
        migrations.CreateModel(
            name='SessionStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('planned', 'Planerat'), ('held', 'Stängt'), ('cancelled', 'Inställt')], max_length=10, verbose_name='läge')),
                ('at', models.DateTimeField(verbose_name='när')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='anteckning')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=casework.models.sheets.new_sheet_code, max_length=10, unique=True, verbose_name='kod')),
                ('kind', models.CharField(choices=[('session', 'Närvarolista för ett tillfälle'), ('month', 'Intyg av närvarotid')], max_length=10, verbose_name='slag')),
                ('month', models.CharField(blank=True, max_length=7, verbose_name='månad')),
                ('pages', models.PositiveSmallIntegerField(default=1, verbose_name='sidor')),
                ('rows_sha256', models.CharField(max_length=64)),
                ('printed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='utskriven')),
            ],
            options={
                'verbose_name': 'underlag',
                'verbose_name_plural': 'underlag',
                'ordering': ['-printed_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['session', 'month'])), name='sheet_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='SheetRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('page', models.PositiveSmallIntegerField(default=1)),
                ('hours', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='timmar')),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SigningLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('channel', models.CharField(choices=[('qr', 'QR-kod'), ('sms', 'SMS'), ('email', 'E-post')], max_length=10, verbose_name='sätt')),
                ('language', models.CharField(default='sv', max_length=5, verbose_name='språk')),
                ('token_sha256', models.CharField(editable=False, max_length=64, null=True, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField(verbose_name='gäller till')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='skickad')),
                ('failed_at', models.DateTimeField(blank=True, null=True)),
                ('failure', models.CharField(blank=True, max_length=200, verbose_name='varför den inte kom fram')),
                ('opened_at', models.DateTimeField(blank=True, null=True, verbose_name='öppnad')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='underskriven')),
                ('disputed_at', models.DateTimeField(blank=True, null=True, verbose_name='invändning')),
                ('dispute', models.CharField(blank=True, max_length=500, verbose_name='vad som inte stämmer')),
                ('dispute_seen_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='återkallad')),
            ],
            options={
                'verbose_name': 'engångslänk',
                'verbose_name_plural': 'engångslänkar',
                'ordering': ['-created_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('channel__in', ['qr', 'sms', 'email'])), name='signing_link_channel_known'), models.CheckConstraint(condition=models.Q(models.Q(('failed_at', None), ('failure', '')), models.Q(('failed_at__isnull', False), models.Q(('failure', ''), _negated=True)), _connector='OR'), name='signing_link_failure_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('dispute', ''), ('disputed_at', None)), models.Q(('disputed_at__isnull', False), models.Q(('dispute', ''), _negated=True)), _connector='OR'), name='signing_link_dispute_has_words')],
            },
        ),
        migrations.CreateModel(
            name='SignUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('place', 'Har plats'), ('waiting', 'Väntelista'), ('left', 'Har slutat')], max_length=10, verbose_name='läge')),
                ('from_day', models.DateField(verbose_name='från och med')),
                ('signed_up_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'anmälan',
                'verbose_name_plural': 'anmälningar',
                'ordering': ['signed_up_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['place', 'waiting', 'left'])), name='sign_up_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('left_at__isnull', False), ('status', 'left')), models.Q(models.Q(('status', 'left'), _negated=True), ('left_at', None)), _connector='OR'), name='sign_up_left_has_when')],
            },
        ),
        migrations.CreateModel(
            name='TemplateSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week', models.PositiveSmallIntegerField(verbose_name='vecka')),
                ('weekday', models.PositiveSmallIntegerField(verbose_name='veckodag')),
                ('starts_at', models.TimeField(verbose_name='börjar')),
                ('ends_at', models.TimeField(verbose_name='slutar')),
                ('planned_hours', models.DecimalField(decimal_places=2, max_digits=4, verbose_name='planerade timmar')),
                ('theme', models.CharField(blank=True, max_length=120, verbose_name='tema')),
            ],
            options={
                'ordering': ['week', 'weekday', 'starts_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('week__gte', 1), ('weekday__lte', 6)), name='template_session_in_a_week'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='template_session_ends_after_start')],
            },
        ),
        migrations.AlterModelOptions(
            name='activity',
            options={'ordering': ['name', 'pk'], 'verbose_name': 'aktivitet', 'verbose_name_plural': 'aktiviteter'},
        ),
        migrations.AlterModelOptions(
            name='attestation',
            options={'ordering': ['recorded_at', 'pk'], 'verbose_name': 'underskrift', 'verbose_name_plural': 'underskrifter'},
        ),
        migrations.AlterModelOptions(
            name='session',
            options={'ordering': ['held_on', 'starts_at', 'pk'], 'verbose_name': 'tillfälle', 'verbose_name_plural': 'tillfällen'},
        ),
        migrations.RemoveConstraint(
            model_name='attendance',
            name='attendance_hours_of_a_day',
        ),
        migrations.RemoveConstraint(
            model_name='attestation',
            name='attestation_method_known',
        ),
        migrations.RemoveConstraint(
            model_name='session',
            name='session_once_a_day',
        ),
        migrations.AddField(
            model_name='activity',
            name='archived_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='undanlagd'),
        ),
        migrations.AddField(
            model_name='activity',
            name='capacity',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='antal platser'),
        ),
        migrations.AddField(
            model_name='activity',
            name='created_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddField(
            model_name='activity',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='activity',
            name='description',
            field=models.TextField(blank=True, verbose_name='beskrivning'),
        ),
        migrations.AddField(
            model_name='activity',
            name='place',
            field=models.CharField(blank=True, max_length=120, verbose_name='plats'),
        ),
        migrations.AddField(
            model_name='activity',
            name='type',
            field=models.CharField(choices=[('7tjugo', '7TJUGO'), ('workshop', 'Verkstad'), ('lecture', 'Föreläsning'), ('visit', 'Studiebesök'), ('talk', 'Samtal'), ('other', 'Annan aktivitet')], default='other', max_length=20, verbose_name='typ'),
        ),
        migrations.AddField(
            model_name='activity',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name='attendance',
            name='absence_reason',
            field=models.CharField(blank=True, choices=[('ill', 'Sjuk'), ('child_care', 'Vård av barn'), ('appointment', 'Läkare eller myndighet'), ('job', 'Intervju, arbete eller praktik'), ('leave', 'Beviljad ledighet'), ('no_word', 'Hörde inte av sig'), ('other', 'Annat')], max_length=20, verbose_name='orsak'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='arrived_at',
            field=models.TimeField(blank=True, null=True, verbose_name='kom'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='is_walk_in',
            field=models.BooleanField(default=False, verbose_name='kom utan anmälan'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='left_at',
            field=models.TimeField(blank=True, null=True, verbose_name='gick'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='marked_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='attendance',
            name='marked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='attendance',
            name='status',
            field=models.CharField(choices=[('expected', 'Väntas'), ('present', 'Närvarande'), ('absent', 'Frånvarande')], default='present', max_length=10, verbose_name='närvaro'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name='attestation',
            name='covers',
            field=models.JSONField(blank=True, default=list, verbose_name='rader'),
        ),
        migrations.AddField(
            model_name='attestation',
            name='language',
            field=models.CharField(default='sv', max_length=5, verbose_name='språk'),
        ),
        migrations.AddField(
            model_name='attestation',
            name='rows_sha256',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='attestation',
            name='strokes',
            field=models.JSONField(blank=True, default=list, verbose_name='underskrift'),
        ),
        migrations.AddField(
            model_name='attestation',
            name='text',
            field=models.TextField(blank=True, verbose_name='text'),
        ),
        migrations.AddField(
            model_name='session',
            name='cancel_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='varför det ställdes in'),
        ),
        migrations.AddField(
            model_name='session',
            name='closed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='stängt'),
        ),
        migrations.AddField(
            model_name='session',
            name='closed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='session',
            name='ends_at',
            field=models.TimeField(blank=True, null=True, verbose_name='slutar'),
        ),
        migrations.AddField(
            model_name='session',
            name='place',
            field=models.CharField(blank=True, max_length=120, verbose_name='plats'),
        ),
        migrations.AddField(
            model_name='session',
            name='planned_hours',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True, verbose_name='planerade timmar'),
        ),
        migrations.AddField(
            model_name='session',
            name='starts_at',
            field=models.TimeField(blank=True, null=True, verbose_name='börjar'),
        ),
        migrations.AddField(
            model_name='session',
            name='status',
            field=models.CharField(choices=[('planned', 'Planerat'), ('held', 'Stängt'), ('cancelled', 'Inställt')], default='held', max_length=10, verbose_name='läge'),
        ),
        migrations.AddField(
            model_name='session',
            name='theme',
            field=models.CharField(blank=True, max_length=120, verbose_name='tema'),
        ),
        migrations.AddField(
            model_name='session',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AlterField(
            model_name='attestation',
            name='method',
            field=models.CharField(choices=[('paper', 'Papper'), ('drawn', 'Ritad underskrift'), ('link', 'Engångslänk')], max_length=20, verbose_name='sätt'),
        ),
        migrations.AlterField(
            model_name='attestation',
            name='source',
            field=models.CharField(blank=True, max_length=100, verbose_name='underlag'),
        ),
        migrations.AddIndex(
            model_name='attendance',
            index=models.Index(condition=models.Q(('attestation', None), ('status', 'present')), fields=['held_on', 'participant'], name='attendance_unattested'),
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(fields=['held_on', 'status'], name='session_by_day'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('type__in', ['7tjugo', 'workshop', 'lecture', 'visit', 'talk', 'other'])), name='activity_type_known'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('capacity', None), ('capacity__gt', 0), _connector='OR'), name='activity_capacity_of_some', violation_error_message='Antalet platser ska vara minst 1. Lämna tomt om det inte finns någon gräns.'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['expected', 'present', 'absent'])), name='attendance_status_known'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hours__gt', 0), ('hours__lte', 24), ('status', 'present')), models.Q(models.Q(('status', 'present'), _negated=True), ('hours', 0)), _connector='OR'), name='attendance_hours_of_a_day', violation_error_message='Timmarna ska vara mer än 0 och högst 24.'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(('absence_reason', ''), ('status', 'absent'), _connector='OR'), name='attendance_reason_of_absent'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(('attestation', None), ('status', 'present'), _connector='OR'), name='attendance_attested_was_there'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'held', 'cancelled'])), name='session_status_known'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.UniqueConstraint(condition=models.Q(('starts_at', None)), fields=('activity', 'held_on'), name='session_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.UniqueConstraint(fields=('activity', 'held_on', 'starts_at'), name='session_once_a_time', violation_error_message='Det finns redan ett tillfälle då. Välj en annan tid.'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends_at__isnull', True), ('planned_hours__isnull', True), ('starts_at__isnull', True)), models.Q(('ends_at__isnull', False), ('planned_hours__isnull', False), ('starts_at__isnull', False)), _connector='OR'), name='session_times_together'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='session_closing_complete'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('starts_at', None), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='session_ends_after_start', violation_error_message='Sluttiden måste ligga efter starttiden.'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('planned_hours', None), models.Q(('planned_hours__gt', 0), ('planned_hours__lte', 24)), _connector='OR'), name='session_hours_of_a_day', violation_error_message='Timmarna ska vara mer än 0 och högst 24.'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'planned'), _negated=True), ('starts_at__isnull', False), _connector='OR'), name='session_planned_has_times'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'held'), ('closed_at', None), _connector='OR'), name='session_open_is_not_closed'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'cancelled'), _negated=True), models.Q(('cancel_reason', ''), _negated=True), _connector='OR'), name='session_cancelled_has_reason'),
        ),
        migrations.AddField(
            model_name='activityleader',
            name='activity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leaders', to='casework.activity'),
        ),
        migrations.AddField(
            model_name='activityleader',
            name='user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led_activities', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='attestationbreak',
            name='attendance',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='breaks', to='casework.attendance'),
        ),
        migrations.AddField(
            model_name='attestationbreak',
            name='attestation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='breaks', to='casework.attestation'),
        ),
        migrations.AddField(
            model_name='attestationbreak',
            name='broken_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='bundle',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='calendarfeed',
            name='user',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feed', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='countersignature',
            name='signed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='attestation',
            name='countersignature',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attestations', to='casework.countersignature'),
        ),
        migrations.AddField(
            model_name='digest',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='scan',
            name='job',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.job'),
        ),
        migrations.AddField(
            model_name='scan',
            name='uploaded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='scanpage',
            name='scan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='casework.scan'),
        ),
        migrations.AddField(
            model_name='scanpage',
            name='settled_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='attestation',
            name='scan_page',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attestations', to='casework.scanpage'),
        ),
        migrations.AddField(
            model_name='sessionstep',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sessionstep',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='casework.session'),
        ),
        migrations.AddField(
            model_name='sheet',
            name='participant',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='participants.participant'),
        ),
        migrations.AddField(
            model_name='sheet',
            name='printed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sheet',
            name='session',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='casework.session'),
        ),
        migrations.AddField(
            model_name='scanpage',
            name='sheet',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='scan_pages', to='casework.sheet'),
        ),
        migrations.AddField(
            model_name='sheetrow',
            name='attendance',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheet_rows', to='casework.attendance'),
        ),
        migrations.AddField(
            model_name='sheetrow',
            name='sheet',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='casework.sheet'),
        ),
        migrations.AddField(
            model_name='signinglink',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='signinglink',
            name='dispute_seen_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='signinglink',
            name='job',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.job'),
        ),
        migrations.AddField(
            model_name='signinglink',
            name='participant',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signing_links', to='participants.participant'),
        ),
        migrations.AddField(
            model_name='signinglink',
            name='rows',
            field=models.ManyToManyField(related_name='signing_links', to='casework.attendance'),
        ),
        migrations.AddField(
            model_name='attestation',
            name='link',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attestation', to='casework.signinglink'),
        ),
        migrations.AddConstraint(
            model_name='attestation',
            constraint=models.CheckConstraint(condition=models.Q(('method__in', ['paper', 'drawn', 'link'])), name='attestation_method_known'),
        ),
        migrations.AddConstraint(
            model_name='attestation',
            constraint=models.CheckConstraint(condition=models.Q(('method', 'paper'), models.Q(models.Q(('text', ''), _negated=True), models.Q(('rows_sha256', ''), _negated=True)), _connector='OR'), name='attestation_digital_is_complete'),
        ),
        migrations.AddConstraint(
            model_name='attestation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('link__isnull', False), ('method', 'link')), models.Q(models.Q(('method', 'link'), _negated=True), ('link', None)), _connector='OR'), name='attestation_link_has_link'),
        ),
        migrations.AddField(
            model_name='signup',
            name='activity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_ups', to='casework.activity'),
        ),
        migrations.AddField(
            model_name='signup',
            name='left_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='signup',
            name='participant',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_ups', to='participants.participant'),
        ),
        migrations.AddField(
            model_name='signup',
            name='signed_up_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='templatesession',
            name='template',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='casework.activitytemplate'),
        ),
        migrations.AddConstraint(
            model_name='activityleader',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), ('user__isnull', False)), models.Q(('user', None), models.Q(('name', ''), _negated=True)), _connector='OR'), name='activity_leader_inside_or_outside'),
        ),
        migrations.AddConstraint(
            model_name='activityleader',
            constraint=models.UniqueConstraint(fields=('activity', 'user'), name='activity_leader_once'),
        ),
        migrations.AddConstraint(
            model_name='digest',
            constraint=models.UniqueConstraint(fields=('user', 'monday'), name='digest_once_a_week'),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'session'), ('month', ''), ('participant', None), ('session__isnull', False)), models.Q(('kind', 'month'), ('participant__isnull', False), ('session', None), models.Q(('month', ''), _negated=True)), _connector='OR'), name='sheet_of_session_or_month'),
        ),
        migrations.AddConstraint(
            model_name='scanpage',
            constraint=models.UniqueConstraint(fields=('scan', 'number'), name='scan_page_once'),
        ),
        migrations.AddConstraint(
            model_name='scanpage',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['unknown', 'aside']), ('sheet__isnull', False), _connector='OR'), name='scan_page_found_has_sheet'),
        ),
        migrations.AddConstraint(
            model_name='sheetrow',
            constraint=models.UniqueConstraint(fields=('sheet', 'attendance'), name='sheet_row_once'),
        ),
        migrations.AddIndex(
            model_name='signinglink',
            index=models.Index(fields=['participant', 'created_at'], name='signing_link_by_person'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'left'), _negated=True), fields=('activity', 'participant'), name='sign_up_once', violation_error_message='Deltagaren är redan anmäld.'),
        ),
    ]

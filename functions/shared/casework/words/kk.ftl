# Файл неге қабылданбайды және не істеу керек.
refusal-cannot-open = Файл ашылмады. Оның бар екенін және оны оқуға құқығыңыз бар екенін тексеріңіз.
refusal-empty-file = Таңдалған файл бос. Құжатты қайта сканерлеңіз немесе суретке түсіріп, жаңа файлды жіберіңіз.
refusal-too-large = Файл 20 МБ-тан үлкен. Кішірек файл жіберіңіз: 300 dpi-мен сканерлеңіз немесе JPEG түрінде сақтаңыз.
refusal-too-many-pages = Файлда бет тым көп. Бір файлда 10 беттен артық жібермеңіз.
refusal-pixels-over-limit = Бір бетте 50 мегапиксельден көп. 300 dpi-мен сканерлеп, қайта жіберіңіз.
refusal-too-small = Сурет тым кішкентай, оқылмайды. Ені кемінде 1000 пиксель фото немесе скан жіберіңіз.
refusal-bad-shape = Сурет құжат үшін тым жіңішке. Құжатты толық түсіріп, қайта жіберіңіз.
refusal-truncated = Файлдың соңы жоқ. Оны қайта жіберіңіз; көмектеспесе, жаңа скан жасаңыз.
refusal-unreadable-image = Сурет бүлінген, ашылмайды. Жаңа фото немесе скан жасап жіберіңіз.
refusal-unreadable-pdf = PDF бүлінген, ашылмайды. Оны қайта сақтаңыз немесе беттерінің фотосын жіберіңіз.
refusal-password-protected = PDF құпиясөзбен жабылған. Оны құпиясөзсіз сақтап, қайта жіберіңіз.
refusal-unsupported-encoding = Суретті бұлай сақтау тәсілі қолдау таппайды. Оны кәдімгі JPEG немесе PNG түрінде сақтаңыз.
refusal-unsupported-type = Мұндай файл қабылданбайды. JPEG, PNG, WebP, TIFF немесе PDF жіберіңіз.
refusal-heic = Бұл — Apple-дің HEIC фотосы. Оны «Фото» ішінен таңдаңыз немесе «Баптаулар › Камера › Форматтар › Ең үйлесімді» қосып, қайта түсіріңіз.
refusal-not-a-document = Суретте құжат жоқ. Құжаттың өзін тегіс жатқызып, жақсы жарықта түсіріңіз.
refusal-active-content = Файлда сурет емес, бағдарлама немесе веб-бет бар. Ол оқшауланды. Құжаттың фотосын немесе сканын жіберіңіз.
refusal-took-too-long = Файл тым ұзақ оқылды. Қарапайымырақ файл жіберіңіз: бір файлда бір бет, 300 dpi.
refusal-took-too-much-memory = Файлды оқуға жад жетпеді. Кішірек сурет жіберіңіз, 300 dpi.

# Қабылданған файлда не ерекше.
file-trailing-data = Суреттің соңынан кейін файлда басқа деректер бар. Тек сурет оқылды.
file-type-differs = Файл аты бір түрді, мазмұны басқа түрді көрсетеді. Мазмұны оқылды.
file-electronic-document = Бұл — қолтаңбасы немесе QR коды бар электрондық құжат. Қолтаңба мұнда тексерілген жоқ.
file-text-layer-differs = PDF-тің жасырын мәтіні беттегі көріністен өзгеше. Тек көрініп тұрғаны оқылды.
file-embedded-file = PDF ішінде басқа файлдар бар. Олар ашылған жоқ.
file-animated = Сурет анимацияланған. Тек бірінші кадры оқылды.
file-truncated-tail = Суреттің соңы жоқ, бірақ мәтіні бүтін.
file-seen-in-other-case = Дәл осы файл басқа іспен де келді.

# Құжат суретінің кемшілігі және не істеу керек.
quality-low-resolution = Сурет тым ұсақ: әріптері сенімді оқылмайды. Жақынырақ келіңіз немесе 300 dpi-мен сканерлеңіз.
quality-blur = Сурет бұлдыр. Телефонды қозғамай ұстап, фокусталғанын күтіңіз.
quality-glare = Құжатқа жарық шағылысып тұр. Сәл еңкейтіңіз немесе жарқылды өшіріңіз.
quality-cropped = Құжаттың бір бөлігі суретке сыймаған. Төрт бұрышын да көрсетіңіз.
quality-dark = Сурет тым қараңғы. Күн жарығында түсіріңіз немесе шам жағыңыз.
quality-mirrored = Сурет айнадағыдай теріс. Негізгі камерамен түсіріңіз.
quality-unrecognised = Бетте ештеңе танылмады. Құжатты толық, анық түсіріңіз.

# Істің күйі.
status-reading = скандар оқылып жатыр
status-awaiting-better-copy = жақсырақ көшірме күтілуде
status-awaiting-other-side = куәліктің екінші жағы күтілуде
status-awaiting-documents = құжаттар күтілуде
status-awaiting-applicant = өтініш берушінің карточкасы немесе келісімі күтілуде
status-awaiting-officer = қызметкердің шешімін күтуде
status-registered = есепке қойылды
status-refused = бас тартылды
status-withdrawn = өтініш беруші қайтарып алды
status-struck-off = есептен шығарылды
status-joined = басқа іске қосылды


# Words of the desk.
desk-name = консулдық есепке алу
desk-skip = Мазмұнына өту
desk-language = Тіл
desk-worklist = Жұмыс тізімі
desk-to-worklist = Жұмыс тізіміне оралу
desk-nothing-waits = Қазір күтіп тұрған іс жоқ.
desk-due = Мерзімі
desk-case = Іс
desk-applicant = Өтініш беруші
desk-kind = Түрі
desk-mission = Мекеме
desk-status = Күйі
desk-findings = Не сәйкес келмейді
desk-everything-agrees = Бәрі сәйкес келеді.
desk-clean = сәйкес
desk-late = мерзімі өтті
desk-all = Барлығы
desk-all-open = Ашық істердің бәрі
desk-show = Көрсету
desk-more = Келесі істер
desk-received = Келіп түсті
desk-card = Есепке алу карточкасы
desk-entry = Жазба
desk-declared = Мәлімделген
desk-read = Құжаттан оқылған
desk-resolved = Қорытынды
desk-pages = Беттер
desk-page = { $page }-бет
desk-blank = Бет бос.
desk-values = { $count } мән
desk-timeline = Не болды
desk-no-case-title = Мұндай іс жоқ
desk-no-case = Нөмірін тексеріңіз: үш топта он екі таңба, мысалы 7F3K-9Q2M-4B1T.
desk-not-found-title = Мұндай бет жоқ
desk-not-found = Мекенжайды тексеріңіз немесе жұмыс тізімінен бастаңыз.
desk-store-failed-title = Қойма қазір жауап бермейді
desk-store-failed = Ештеңе жоғалған жоқ. Бір минуттан кейін бетті қайта ашыңыз; қайталанса, әкімшіге айтыңыз.

# Kinds, severities, certainties, roles.
kind-permanent = тұрақты
kind-temporary = уақытша
severity-hard = бір басумен мақұлдауға болмайды
severity-ask = өтініш берушіден сұралады
severity-warning = назар аударыңыз
column-case = іс
column-mission = мекеме
column-kind = түрі
column-due = мерзімі
column-status = күйі
column-findings = ескертулер
yes = иә
no = жоқ
sex-male = ер
sex-female = әйел
certainty-verified = дәлелденген
certainty-read = оқылған
certainty-doubtful = күмәнді
role-intake = жүйе
role-clerk = тіркеуші
role-officer = қызметкер
role-applicant = өтініш беруші

# Documents and places.
document-id-card-front = жеке куәліктің алдыңғы беті
document-id-card-back = жеке куәліктің артқы беті
document-passport = паспорт
document-exit-permit = шығуға рұқсат
document-registration-card = есепке алу карточкасы
document-unknown = белгісіз құжат
place-document = { $document }, { $page }-бет
place-declared-card = мәлімделген карточка
place-correction = түзету
place-case = істің өзі

# What happened to a case.
event-opened = іс ашылды
event-scan-filed = скан оқылды
event-card-declared = карточка мәлімделді
event-corrected = мән түзетілді
event-derived = карточка мен тексеріс жаңартылды
event-claimed = іс жұмысқа алынды
event-released = іс босатылды
event-better-copy-asked = жақсырақ көшірме сұралды
event-approved = есепке қойылды
event-refused = бас тартылды
event-withdrawn = өтініш қайтарып алынды
event-struck-off = есептен шығарылды
event-joined = басқа іс қосылды
event-joined-into = басқа іске қосылды

# Fields of documents.
field-surname = Тегі
field-given-names = Аты
field-patronymic = Әкесінің аты
field-surname-latin = Тегі (латынша)
field-given-names-latin = Аты (латынша)
field-birth-date = Туған күні
field-birth-place = Туған жері
field-sex = Жынысы
field-iin = ЖСН
field-nationality = Ұлты
field-citizenship = Азаматтығы
field-document-number = Құжат нөмірі
field-issuing-authority = Берген орган
field-issue-date = Берілген күні
field-expiry-date = Қолданылу мерзімі
field-permit-number = Рұқсат нөмірі
field-destination-country = Баратын елі
field-valid-until = Жарамды мерзімі

# Неге ереже назар аударды.
r1-iin-shape = ЖСН 12 цифрдан тұруы керек.
r1-iin-check-digit = ЖСН-нің бақылау цифры сәйкес келмейді: бір цифры қате оқылған немесе қате жазылған.
r1-iin-century = ЖСН-нің жетінші цифры ғасыр мен жынысты білдірмейді.
r1-iin-date = ЖСН-дегі туған күн болуы мүмкін емес.
r2-birth-date-differs = Туған күні құжаттарда әртүрлі.
r3-sex-differs = Жынысы құжаттарда әртүрлі.
r4-mrz-check-digit-refuted = Машинамен оқылатын жолдың бақылау цифрлары сәйкес келмейді: жақсырақ көшірме керек.
r5-iin-differs = ЖСН барлық жерде бірдей емес.
r6-document-number-differs = Құжат нөмірі барлық жерде бірдей емес.
r6-document-number-shape = Нөмір мұндай құжаттың нөміріне ұқсамайды.
r7-not-kazakhstan = Құжатты Қазақстан бермеген немесе азаматтығы басқа.
r8-document-expired = Құжаттың мерзімі өтініш түскен күнге дейін біткен.
r8-issued-after-expiry = Берілген күні жарамдылық мерзімінен кейін.
r8-validity-unusual = Құжаттың жарамдылық мерзімі он жылға жуық емес.
r9-surname-differs = Тегі сәйкес келмейді және жазылу нұсқасымен түсіндірілмейді.
r9-given-names-differ = Аты сәйкес келмейді және жазылу нұсқасымен түсіндірілмейді.
r9-patronymic-differs = Әкесінің аты сәйкес келмейді.
r9-part-of-names = Аттардың бір бөлігі ғана жазылған.
r9-latin-differs = Латын жазуы кирилл жазуының белгілі нұсқасына сәйкес келмейді.
r10-permit-missing = Тұрақты тұруға шығу рұқсаты жоқ.
r10-permit-of-another-person = Шығу рұқсаты басқа адамға берілген.
r10-permit-after-receipt = Рұқсаттың күні өтініш түскен күннен кейін.
r10-permit-date-missing = Рұқсаттың күні оқылмады.
r10-destination-differs = Рұқсаттағы баратын ел мекеме орналасқан ел емес.
r11-no-passport = Тұрақты есепке алу үшін тек жеке куәлік берілген, паспорт жоқ.
r12-card-kind-differs = Карточка басқа есепке алу түріне арналған.
r12-purpose-missing = Болу мақсаты көрсетілмеген.
r12-stay-until-missing = Болу мерзімі көрсетілмеген.
r12-stay-until-past = Болу мерзімі өтініш түскен күні бітіп қойған.
r13-not-signed = Карточкаға қол қойылмаған.
r13-not-dated = Карточканың күні көрсетілмеген.
r13-dated-after-receipt = Карточканың күні өтініш түскен күннен кейін.
r13-signature-not-seen = Қағаз карточкадағы қолтаңба танылмады: өзіңіз қараңыз.
r14-consent-missing = Дербес деректерді өңдеуге келісім жоқ.
r14-consent-incomplete = Келісімнің кейбір бөлігі берілмеген.
r16-already-registered = Бұл адам есепте тұр.
r16-another-case = Бұл адамның басқа ашық ісі бар.
r17-scan-of-another-person = Дәл осы файл басқа адамның ісімен де келді.
r18-front-missing = Жеке куәліктің алдыңғы беті жоқ.
r18-back-missing = Жеке куәліктің артқы беті жоқ.

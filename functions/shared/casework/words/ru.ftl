# Почему файл нельзя принять и что делать.
refusal-cannot-open = Файл не открывается. Проверьте, что он существует и что у вас есть право его читать.
refusal-empty-file = Выбранный файл пуст. Отсканируйте или сфотографируйте документ ещё раз и отправьте новый файл.
refusal-too-large = Файл больше 20 МБ. Отправьте файл поменьше: отсканируйте с разрешением 300 точек на дюйм или сохраните в JPEG.
refusal-too-many-pages = В файле слишком много страниц. Отправьте не больше 10 страниц в одном файле.
refusal-pixels-over-limit = На странице больше 50 мегапикселей. Отсканируйте с разрешением 300 точек на дюйм и отправьте снова.
refusal-too-small = Изображение слишком маленькое, прочитать его нельзя. Нужна фотография или скан шириной не меньше 1000 пикселей.
refusal-bad-shape = Изображение слишком узкое для документа. Сфотографируйте документ целиком и отправьте снова.
refusal-truncated = У файла нет конца. Отправьте его ещё раз; если не поможет, сделайте новый скан.
refusal-unreadable-image = Изображение повреждено и не открывается. Сделайте новую фотографию или скан и отправьте.
refusal-unreadable-pdf = PDF повреждён и не открывается. Сохраните его заново или отправьте фотографии страниц.
refusal-password-protected = PDF закрыт паролем. Сохраните его без пароля и отправьте снова.
refusal-unsupported-encoding = Такой способ сохранения изображений не поддерживается. Сохраните изображение как обычный JPEG или PNG.
refusal-unsupported-type = Файлы этого типа не принимаются. Отправьте JPEG, PNG, WebP, TIFF или PDF.
refusal-heic = Это фотография Apple в формате HEIC. Выберите её из «Фото» или включите «Настройки › Камера › Форматы › Наиболее совместимые» и снимите снова.
refusal-not-a-document = На изображении нет документа. Сфотографируйте сам документ: ровно и при хорошем свете.
refusal-active-content = В файле программа или веб-страница, а не изображение. Он изолирован. Отправьте фотографию или скан документа.
refusal-took-too-long = Файл читался слишком долго. Отправьте файл попроще: одна страница в файле, 300 точек на дюйм.
refusal-took-too-much-memory = Для чтения файла не хватает памяти. Отправьте изображение поменьше, 300 точек на дюйм.

# Что необычного в принятом файле.
file-trailing-data = За концом изображения в файле есть другие данные. Прочитано только изображение.
file-type-differs = Имя файла говорит об одном типе, содержимое о другом. Прочитано содержимое.
file-electronic-document = Это электронный документ с подписью или QR-кодом. Подпись здесь не проверялась.
file-text-layer-differs = Скрытый текст PDF не совпадает с тем, что видно на странице. Прочитано только видимое.
file-embedded-file = Внутрь PDF вложены другие файлы. Они не открывались.
file-animated = Изображение анимировано. Прочитан только первый кадр.
file-truncated-tail = У изображения нет конца, но текст на нём цел.
file-seen-in-other-case = Этот же файл пришёл с другим делом.

# Что плохо на снимке документа и что делать.
quality-low-resolution = Изображение слишком мелкое: буквы не читаются уверенно. Подойдите ближе или отсканируйте с разрешением 300 точек на дюйм.
quality-blur = Снимок размыт. Держите телефон неподвижно и дождитесь фокусировки.
quality-glare = На документе блик. Немного наклоните его или выключите вспышку.
quality-cropped = Часть документа за краем снимка. Покажите все четыре угла.
quality-dark = Снимок слишком тёмный. Снимите при дневном свете или включите лампу.
quality-mirrored = Снимок зеркальный. Снимите основной камерой.
quality-unrecognised = На странице ничего не удалось распознать. Сделайте чёткий снимок всего документа.

# Состояние дела.
status-reading = сканы читаются
status-awaiting-better-copy = ожидается копия получше
status-awaiting-other-side = ожидается другая сторона удостоверения
status-awaiting-documents = ожидаются документы
status-awaiting-applicant = ожидается карточка или согласие заявителя
status-awaiting-officer = ждёт решения сотрудника
status-registered = поставлен на учёт
status-refused = отказано
status-withdrawn = отозвано заявителем
status-struck-off = снят с учёта
status-joined = присоединено к другому делу


# Words of the desk.
desk-name = консульский учёт
desk-skip = Перейти к содержанию
desk-language = Язык
desk-worklist = Рабочий список
desk-to-worklist = Вернуться к рабочему списку
desk-nothing-waits = Сейчас ничего не ждёт.
desk-due = Срок
desk-case = Дело
desk-applicant = Заявитель
desk-kind = Вид
desk-mission = Загранучреждение
desk-status = Состояние
desk-findings = Что не сходится
desk-everything-agrees = Всё сходится.
desk-clean = сходится
desk-late = срок прошёл
desk-all = Все
desk-all-open = Все открытые
desk-show = Показать
desk-more = Следующие дела
desk-received = Поступило
desk-card = Учётная карточка
desk-entry = Запись
desk-declared = Заявлено
desk-read = Прочитано в документах
desk-resolved = Итог
desk-pages = Страницы
desk-page = страница { $page }
desk-blank = Страница пуста.
desk-values = { $count -> 
    [one] { $count } значение
    [few] { $count } значения
   *[other] { $count } значений
 }
desk-timeline = Что происходило
desk-no-case-title = Такого дела нет
desk-no-case = Проверьте номер: двенадцать знаков в трёх группах, например 7F3K-9Q2M-4B1T.
desk-not-found-title = Такой страницы нет
desk-not-found = Проверьте адрес или начните с рабочего списка.
desk-store-failed-title = Хранилище сейчас не отвечает
desk-store-failed = Ничего не потеряно. Откройте страницу снова через минуту; если повторится, скажите администратору.

# Kinds, severities, certainties, roles.
kind-permanent = постоянный
kind-temporary = временный
severity-hard = не утвердить одним нажатием
severity-ask = запрашивается у заявителя
severity-warning = обратите внимание
column-case = дело
column-mission = миссия
column-kind = вид
column-due = срок
column-status = состояние
column-findings = замечания
yes = да
no = нет
sex-male = мужской
sex-female = женский
certainty-verified = доказано
certainty-read = прочитано
certainty-doubtful = под сомнением
role-intake = система
role-clerk = регистратор
role-officer = сотрудник
role-applicant = заявитель

# Documents and places.
document-id-card-front = лицевая сторона удостоверения
document-id-card-back = оборотная сторона удостоверения
document-passport = паспорт
document-exit-permit = разрешение на выезд
document-registration-card = учётная карточка
document-unknown = неизвестный документ
place-document = { $document }, страница { $page }
place-declared-card = заявленная карточка
place-correction = исправление
place-case = само дело

# What happened to a case.
event-opened = дело открыто
event-scan-filed = скан прочитан
event-card-declared = карточка заявлена
event-corrected = значение исправлено
event-derived = карточка и сверка обновлены
event-claimed = дело взято в работу
event-released = дело освобождено
event-better-copy-asked = запрошена копия получше
event-approved = поставлен на учёт
event-refused = отказано
event-withdrawn = заявление отозвано
event-struck-off = снят с учёта
event-joined = присоединено другое дело
event-joined-into = присоединено к другому делу

# Fields of documents.
field-surname = Фамилия
field-given-names = Имя
field-patronymic = Отчество
field-surname-latin = Фамилия (латиницей)
field-given-names-latin = Имя (латиницей)
field-birth-date = Дата рождения
field-birth-place = Место рождения
field-sex = Пол
field-iin = ИИН
field-nationality = Национальность
field-citizenship = Гражданство
field-document-number = Номер документа
field-issuing-authority = Орган выдачи
field-issue-date = Дата выдачи
field-expiry-date = Срок действия
field-permit-number = Номер разрешения
field-destination-country = Страна выезда
field-valid-until = Действительно до

# Почему сработало правило.
r1-iin-shape = ИИН должен состоять из 12 цифр.
r1-iin-check-digit = Контрольная цифра ИИН не сходится: одна из цифр прочитана или записана неверно.
r1-iin-century = Седьмая цифра ИИН не обозначает век и пол.
r1-iin-date = Дата рождения в ИИН невозможна.
r2-birth-date-differs = Дата рождения в документах различается.
r3-sex-differs = Пол в документах различается.
r4-mrz-check-digit-refuted = Контрольные цифры машиночитаемой строки не сходятся: нужна копия получше.
r5-iin-differs = ИИН не везде одинаков.
r6-document-number-differs = Номер документа не везде одинаков.
r6-document-number-shape = Номер не похож на номер такого документа.
r7-not-kazakhstan = Документ выдан не Казахстаном, или гражданство иное.
r8-document-expired = Срок действия документа истёк до дня поступления.
r8-issued-after-expiry = Дата выдачи позже срока действия.
r8-validity-unusual = Срок действия документа далёк от десяти лет.
r9-surname-differs = Фамилия не совпадает, и вариантом написания это не объяснить.
r9-given-names-differ = Имя не совпадает, и вариантом написания это не объяснить.
r9-patronymic-differs = Отчество не совпадает.
r9-part-of-names = Указана только часть имён.
r9-latin-differs = Латинское написание не совпадает с известными вариантами кириллического.
r10-permit-missing = Нет разрешения на выезд на постоянное место жительства.
r10-permit-of-another-person = Разрешение на выезд выдано другому лицу.
r10-permit-after-receipt = Разрешение датировано позже дня поступления.
r10-permit-date-missing = Дата разрешения не прочитана.
r10-destination-differs = Страна выезда в разрешении не та, где находится загранучреждение.
r11-no-passport = Для постоянного учёта представлено только удостоверение, паспорта нет.
r12-card-kind-differs = Карточка для другого вида учёта.
r12-purpose-missing = Не указана цель пребывания.
r12-stay-until-missing = Не указан срок пребывания.
r12-stay-until-past = Срок пребывания к дню поступления уже истёк.
r13-not-signed = Карточка не подписана.
r13-not-dated = На карточке нет даты.
r13-dated-after-receipt = Карточка датирована позже дня поступления.
r13-signature-not-seen = Подпись на бумажной карточке не распознана: посмотрите сами.
r14-consent-missing = Нет согласия на обработку персональных данных.
r14-consent-incomplete = Согласие дано не по всем пунктам.
r16-already-registered = Этот человек уже состоит на учёте.
r16-another-case = У этого человека есть другое открытое дело.
r17-scan-of-another-person = Этот же файл пришёл с делом другого человека.
r18-front-missing = Нет лицевой стороны удостоверения.
r18-back-missing = Нет оборотной стороны удостоверения.

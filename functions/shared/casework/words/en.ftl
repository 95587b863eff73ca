# Why a file cannot be taken, and what to do.
refusal-cannot-open = The file cannot be opened. Check that it exists and that you may read it.
refusal-empty-file = The selected file is empty. Scan or photograph the document again and send the new file.
refusal-too-large = The file is larger than 20 MB. Send a smaller one: scan at 300 dpi, or save it as JPEG.
refusal-too-many-pages = The file has too many pages. Send at most 10 pages in one file.
refusal-pixels-over-limit = The picture has more than 50 megapixels on one page. Scan at 300 dpi and send it again.
refusal-too-small = The picture is too small to read. Send a photo or scan at least 1,000 pixels wide.
refusal-bad-shape = The picture is too narrow to be a document. Photograph the whole document and send it again.
refusal-truncated = The end of the file is missing. Send the file again; if that does not help, make a new scan.
refusal-unreadable-image = The picture is damaged and cannot be opened. Make a new photo or scan and send it.
refusal-unreadable-pdf = The PDF is damaged and cannot be opened. Save it again, or send photos of its pages.
refusal-password-protected = The PDF is locked with a password. Save it without a password and send it again.
refusal-unsupported-encoding = This way of saving pictures is not supported. Save the picture as an ordinary JPEG or PNG.
refusal-unsupported-type = This type of file cannot be taken. Send a JPEG, PNG, WebP, TIFF or PDF.
refusal-heic = This is an Apple HEIC photo. Choose it from Photos, or set Settings › Camera › Formats › Most Compatible and take it again.
refusal-not-a-document = There is no document on the picture. Photograph the document itself, flat and in good light.
refusal-active-content = The file holds a program or a web page, not a picture. It was locked away. Send a photo or scan of the document.
refusal-took-too-long = The file took too long to read. Send a simpler one: one page a file, scanned at 300 dpi.
refusal-took-too-much-memory = The file needs too much memory to read. Send a smaller picture, scanned at 300 dpi.

# What is odd about a file that was taken all the same.
file-trailing-data = Other data hangs behind the end of the picture. Only the picture was read.
file-type-differs = The file's name says another type than its content. The content was read.
file-electronic-document = This is an electronic document with a signature or QR code. Its signature was not checked here.
file-text-layer-differs = The hidden text of the PDF is not what the page shows. Only what the page shows was read.
file-embedded-file = Other files are packed inside the PDF. They were not opened.
file-animated = The picture is an animation. Only its first frame was read.
file-truncated-tail = The end of the picture is missing; the text on it is whole.
file-seen-in-other-case = The same file came with another case.

# What is poor about a document's picture, and what to do.
quality-low-resolution = The picture is too small: its letters cannot be read with certainty. Come closer, or scan at 300 dpi.
quality-blur = The picture is blurred. Hold the phone still and wait until it is in focus.
quality-glare = Light is reflected from the document. Tilt it a little or switch off the flash.
quality-cropped = A part of the document is outside the picture. Show all four corners.
quality-dark = The picture is too dark. Take it in daylight or switch on a lamp.
quality-mirrored = The picture is mirrored. Take it with the rear camera.
quality-unrecognised = Nothing on the page could be recognised. Take a sharp picture of the whole document.

# Where a case stands.
status-reading = scans are being read
status-awaiting-better-copy = a better copy is awaited
status-awaiting-other-side = the other side of the card is awaited
status-awaiting-documents = documents are awaited
status-awaiting-applicant = the applicant's card or consent is awaited
status-awaiting-officer = waits for the officer
status-registered = registered
status-refused = refused
status-withdrawn = withdrawn
status-struck-off = struck off
status-joined = joined into another case


# Words of the desk.
desk-name = consular registration
desk-skip = Skip to the content
desk-language = Language
desk-worklist = Worklist
desk-to-worklist = Back to the worklist
desk-nothing-waits = Nothing waits at the moment.
desk-due = Due
desk-case = Case
desk-applicant = Applicant
desk-kind = Kind
desk-mission = Mission
desk-status = Status
desk-findings = What does not agree
desk-everything-agrees = Everything agrees.
desk-clean = agrees
desk-late = overdue
desk-all = All
desk-all-open = All open
desk-show = Show
desk-more = Next cases
desk-received = Received
desk-card = Registration card
desk-entry = Entry
desk-declared = Declared
desk-read = Read in the documents
desk-resolved = Resolved
desk-pages = Pages
desk-page = page { $page }
desk-blank = The page is blank.
desk-values = { $count -> 
    [one] { $count } value
   *[other] { $count } values
 }
desk-timeline = What happened
desk-no-case-title = There is no such case
desk-no-case = Check the reference: twelve letters and digits in three groups, like 7F3K-9Q2M-4B1T.
desk-not-found-title = There is no such page
desk-not-found = Check the address, or start from the worklist.
desk-store-failed-title = The store does not answer now
desk-store-failed = Nothing is lost. Open the page again in a minute; if it happens again, tell the administrator.

# Kinds, severities, certainties, roles.
kind-permanent = permanent
kind-temporary = temporary
severity-hard = blocks one-click approval
severity-ask = asked of the applicant
severity-warning = to be looked at
column-case = case
column-mission = mission
column-kind = kind
column-due = due
column-status = status
column-findings = findings
yes = yes
no = no
sex-male = male
sex-female = female
certainty-verified = verified
certainty-read = read
certainty-doubtful = doubtful
role-intake = the system
role-clerk = clerk
role-officer = officer
role-applicant = applicant

# Documents and places.
document-id-card-front = front of the identity card
document-id-card-back = back of the identity card
document-passport = passport
document-exit-permit = exit permit
document-registration-card = registration card
document-unknown = unknown document
place-document = { $document }, page { $page }
place-declared-card = declared card
place-correction = correction
place-case = the case itself

# What happened to a case.
event-opened = the case was opened
event-scan-filed = a scan was read
event-card-declared = the card was declared
event-corrected = a value was corrected
event-derived = card and findings were derived
event-claimed = the case was claimed
event-released = the case was released
event-better-copy-asked = a better copy was asked for
event-approved = registered
event-refused = refused
event-withdrawn = withdrawn
event-struck-off = struck off
event-joined = another case was joined
event-joined-into = joined into another case

# Fields of documents.
field-surname = Surname
field-given-names = Given names
field-patronymic = Patronymic
field-surname-latin = Surname (Latin)
field-given-names-latin = Given names (Latin)
field-birth-date = Birth date
field-birth-place = Birth place
field-sex = Sex
field-iin = IIN
field-nationality = Nationality
field-citizenship = Citizenship
field-document-number = Document number
field-issuing-authority = Issuing authority
field-issue-date = Issue date
field-expiry-date = Expiry date
field-permit-number = Permit number
field-destination-country = Destination country
field-valid-until = Valid until

# Why a rule speaks up.
r1-iin-shape = An IIN has 12 digits.
r1-iin-check-digit = The IIN’s check digit does not agree: one of its digits is misread or wrong.
r1-iin-century = The IIN’s seventh digit names no century and sex.
r1-iin-date = The birth date in the IIN is impossible.
r2-birth-date-differs = The birth date is not the same everywhere.
r3-sex-differs = The sex is not the same everywhere.
r4-mrz-check-digit-refuted = The check digits of the machine readable zone do not agree: a better copy is needed.
r5-iin-differs = The IIN is not the same everywhere.
r6-document-number-differs = The document number is not the same everywhere.
r6-document-number-shape = The number does not look like that of such a document.
r7-not-kazakhstan = The document is not Kazakhstan’s, or the citizenship is another.
r8-document-expired = The document had expired on the day of receipt.
r8-issued-after-expiry = The date of issue is after the date of expiry.
r8-validity-unusual = The document is not valid for about ten years.
r9-surname-differs = The surname differs, and no known spelling explains it.
r9-given-names-differ = The given names differ, and no known spelling explains it.
r9-patronymic-differs = The patronymic differs.
r9-part-of-names = Only a part of the names is given.
r9-latin-differs = The Latin spelling is no known romanisation of the Cyrillic one.
r10-permit-missing = The permit to leave for permanent residence is missing.
r10-permit-of-another-person = The permit to leave was issued to another person.
r10-permit-after-receipt = The permit is dated after the day of receipt.
r10-permit-date-missing = The permit’s date could not be read.
r10-destination-differs = The country of destination is not the country of the mission.
r11-no-passport = A permanent registration came with an identity card only, without a passport.
r12-card-kind-differs = The card is for the other kind of registration.
r12-purpose-missing = The purpose of stay is not given.
r12-stay-until-missing = It is not said until when the stay lasts.
r12-stay-until-past = The stay had ended on the day of receipt.
r13-not-signed = The card is not signed.
r13-not-dated = The card is not dated.
r13-dated-after-receipt = The card is dated after the day of receipt.
r13-signature-not-seen = No signature was recognised on the paper card: look yourself.
r14-consent-missing = There is no consent to the processing of personal data.
r14-consent-incomplete = Some part of the consent is not given.
r16-already-registered = This person is already registered.
r16-another-case = This person has another open case.
r17-scan-of-another-person = The same file came with another person’s case.
r18-front-missing = The front of the identity card is missing.
r18-back-missing = The back of the identity card is missing.

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

// What the page says of a picture before it is sent. It begins at every `input[type=file][data-hints]`,
// whose value names the paper that is asked for. What it warned of, and was sent all the same, goes
// into the form's `sent_anyway`; nothing it says may keep anyone from sending.

//! What tesseract says of a line, letter by letter: its hOCR, written by itself and nobody else.

/// A word of a line's picture.
#[derive(Debug, PartialEq)]
pub(super) struct Word {
    /// Left and right end on the picture.
    pub(super) left: f32,
    pub(super) right: f32,
    /// 0 to 1.
    pub(super) confidence: f32,
    pub(super) letters: Vec<Letter>,
}

/// A letter of a word.
#[derive(Debug, PartialEq)]
pub(super) struct Letter {
    pub(super) character: char,
    /// Left and right end on the picture.
    pub(super) left: f32,
    pub(super) right: f32,
    /// Its log-probability, nats.
    log_probability: f32,
}

/// The engine's confidence is 100 and so many times the log-probability of the letter: its own
/// `kCertaintyScale` of 7, times 5.
const PERCENT_PER_NAT: f32 = 35.0;
/// Beyond these odds its figures say nothing more, nats.
const MARGIN_MAX: f32 = 7.0;

impl Letter {
    /// The odds of the letter against all others together, nats: no more than its margin.
    pub(super) fn margin(&self) -> f32 {
        let likely = self.log_probability.min(0.0).exp();
        (likely / (1.0 - likely))
            .ln()
            .clamp(-MARGIN_MAX, MARGIN_MAX)
    }
}

impl Word {
    /// That of its letter with the smallest.
    pub(super) fn margin(&self) -> f32 {
        let margins = self.letters.iter().map(Letter::margin);
        margins.fold(MARGIN_MAX, f32::min)
    }
}

/// The words of a line, left to right.
pub(super) fn words(hocr: &str) -> Vec<Word> {
    let words = hocr.split("<span class='ocrx_word'").skip(1);
    words.filter_map(word).collect()
}

fn word(told: &str) -> Option<Word> {
    let mut letters = told.split("<span class='ocrx_cinfo'");
    let title = titled(letters.next()?)?;
    let [left, _, right, _] = numbers(title, "bbox")?;
    let [confidence] = numbers(title, "x_wconf")?;
    let letters: Vec<Letter> = letters.filter_map(letter).flatten().collect();
    (!letters.is_empty()).then_some(Word {
        left,
        right,
        confidence: confidence.clamp(0.0, 100.0) / 100.0,
        letters,
    })
}

/// What the engine takes for one letter; seldom two characters.
fn letter(told: &str) -> Option<Vec<Letter>> {
    let title = titled(told)?;
    let [left, _, right, _] = numbers(title, "x_bboxes")?;
    let [confidence] = numbers(title, "x_conf")?;
    let text = told.split_once('>')?.1.split('<').next()?;
    let of = |character| Letter {
        character,
        left,
        right,
        log_probability: (confidence - 100.0) / PERCENT_PER_NAT,
    };
    let text = unescaped(text);
    let characters = text.chars().filter(|c| !c.is_whitespace());
    Some(characters.map(of).collect())
}

fn titled(told: &str) -> Option<&str> {
    told.split_once("title='")?.1.split('\'').next()
}

/// The numbers behind a name in a title: `name 1 2 3; other 4`.
fn numbers<const N: usize>(title: &str, name: &str) -> Option<[f32; N]> {
    let mut entries = title.split(';').map(str::trim);
    let entry = entries.find_map(|entry| entry.strip_prefix(name)?.strip_prefix(' '))?;
    let numbers: Option<Vec<f32>> = entry.split_whitespace().map(|n| n.parse().ok()).collect();
    numbers?.try_into().ok()
}

fn unescaped(text: &str) -> String {
    let escapes = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    let plain = |text: String, (escape, sign): (&str, &str)| text.replace(escape, sign);
    escapes.into_iter().fold(text.to_owned(), plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "
     <span class='ocr_line' id='line_1_1' title=\"bbox 10 8 90 40; baseline 0 -9\">
      <span class='ocrx_word' id='word_1_1' title='bbox 12 9 40 31; x_wconf 96'>
       <span class='ocrx_cinfo' title='x_bboxes 12 9 24 31; x_conf 98.265'>Ә</span>
       <span class='ocrx_cinfo' title='x_bboxes 26 9 40 31; x_conf 65'>&lt;</span>
      </span>
      <span class='ocrx_word' id='word_1_2' title='bbox 50 9 60 31; x_wconf 100' lang='kaz'>
       <span class='ocrx_cinfo' title='x_bboxes 50 9 60 31; x_conf 100'>1</span>
      </span>
      <span class='ocrx_word' id='word_1_3' title='bbox 50 9 60 31; x_wconf 0'> </span>
     </span>";

    #[test]
    fn words_have_their_letters_and_each_letter_its_odds() {
        let words = words(LINE);
        let told: Vec<(f32, f32, String)> = words
            .iter()
            .map(|word| {
                let text = word.letters.iter().map(|letter| letter.character);
                (word.left, word.right, text.collect())
            })
            .collect();
        let expected = [(12.0, 40.0, "Ә<".to_owned()), (50.0, 60.0, "1".to_owned())];
        assert_eq!(told, expected);
        let margins: Vec<f32> = words
            .iter()
            .flat_map(|word| word.letters.iter().map(Letter::margin))
            .collect();
        // 98.265: a probability of 0.952; 65: one of 1/e, less than even.
        for (margin, expected) in margins.iter().zip([2.98, -0.54, MARGIN_MAX]) {
            assert!((margin - expected).abs() < 0.01, "{margin}");
        }
        assert!((words[0].confidence - 0.96).abs() < 1e-6);
        assert!((words[0].margin() + 0.54).abs() < 0.01);
    }

    #[test]
    fn what_is_no_word_is_left_out() {
        for broken in [
            "",
            "<span class='ocrx_word' title='bbox 1 2 3 4'>",
            "<span class='ocrx_word' title='bbox 1 2 3; x_wconf 9'>",
        ] {
            assert_eq!(words(broken), [], "{broken}");
        }
    }
}

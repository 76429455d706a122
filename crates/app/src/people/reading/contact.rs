//! Telephones and addresses of mail, written one way.

/// The longest text that is kept as a telephone.
const PHONE_MAX: usize = 60;

/// Writes a Russian telephone as «+7 999 123-45-67»; another one stays as it was, tidied.
pub fn phone(text: &str) -> String {
    let text = super::tidy(text);
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let national = match digits.len() {
        11 if digits.starts_with(['7', '8']) => &digits[1..],
        10 if digits.starts_with(['3', '4', '8', '9']) => &digits,
        0..=4 => return String::new(),
        _ => return text.chars().take(PHONE_MAX).collect(),
    };
    format!("+7 {} {}-{}-{}", &national[..3], &national[3..6], &national[6..8], &national[8..])
}

/// Returns an address of mail in small letters; nothing where it is none.
pub fn email(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let is_one = text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        && !text.contains(char::is_whitespace)
        && text.len() <= 100;
    if is_one { text } else { String::new() }
}

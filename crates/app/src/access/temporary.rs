//! Temporary passwords that can be read aloud and written on a slip of paper. Pure but for the randomness.

use crate::error::{Answer, Failure};

/// How many words a password has: 4 × 8 bits. It works until the first signing in only, and guessing is slowed down
/// (NIST SP 800-63B §5.1.2 asks 20 bits of such a secret).
const WORDS_IN_PASSWORD: usize = 4;

/// Makes a temporary password: «чайник-берег-лампа-ветер».
///
/// # Errors
/// When the machine has no randomness to offer.
pub fn temporary_password() -> Answer<String> {
    let mut bytes = [0_u8; WORDS_IN_PASSWORD];
    getrandom::fill(&mut bytes).map_err(|error| Failure::unforeseen(&error))?;
    Ok(bytes.map(|byte| WORDS.split_whitespace().nth(usize::from(byte)).unwrap_or_default()).join("-"))
}

/// As many words as a byte has values, so that every password is as likely as any other; no «ё», which some keyboards
/// hide, and nothing that is spelled in two ways.
const WORDS: &str = "
    автор адрес аист акула алмаз альбом ангар арбуз арена атлас атом багаж база балет баня башня белка берег билет
    блок блюдо бобр бочка брат будка буква букет булка буря бусы вагон ваза валун ведро веер весло весна ветер ветка
    вечер вилка волна выбор газон гамак гараж герой гимн глина глобус гнездо голос гора город гость гриб гроза груша
    гусь дверь двор день дерево диван дождь доклад долина дорога доска дочь дрова друг дудка дыня енот жасмин жемчуг
    жираф журнал забор завод залив запад запах заря заяц звезда звук зебра зелень зерно зима знак золото зонт игла
    игра изюм искра июль июнь камень канат капля карта каша кино кисть клад класс клевер ключ книга колос комета конь
    корень корона кофе край кран краска круг крыло крыша кубик куст лагерь лайка лампа ландыш лапа ласка лебедь лента
    лето лилия лимон линия липа лиса лист лифт лодка ложка лось луна лыжи люстра малина марка март маска масло мастер
    мачта маяк мебель медаль мечта минута мишка море мост музей музыка мука мыло мята небо неделя нитка нора нота
    ноябрь обед облако огонь океан окно олень опера орех осень остров ответ очки павлин парк парта парус перец песня
    песок пирог поезд поле помощь пост пруд птица пчела радио радуга река речь роза роса рубин рыба сани сапог сахар
    свет семья сестра сирень скала слива слово слон снег сова сокол соль сорока сосна стол стул сумка такси танец
    театр тигр тополь торт трава туман туча тыква тюлень узор улица улыбка утка утро факел флаг флейта чайник чашка
    шарф шкаф яблоко ягода якорь";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::check_password;
    use std::collections::BTreeSet;

    #[test]
    fn words_are_short_distinct_and_easy_to_type() {
        let words: BTreeSet<&str> = WORDS.split_whitespace().collect();
        assert_eq!((words.len(), WORDS.split_whitespace().count()), (256, 256));
        for word in words {
            assert!((4..=6).contains(&word.chars().count()), "{word}");
            assert!(word.chars().all(|letter| ('а'..='я').contains(&letter)), "{word}");
        }
    }

    #[test]
    fn temporary_passwords_differ_and_are_accepted_as_passwords() {
        let passwords: BTreeSet<String> = (0..50).map(|_| temporary_password().unwrap()).collect();
        assert_eq!(passwords.len(), 50);
        for password in passwords {
            assert_eq!(check_password(&password, "petrova", &[]), Ok(()), "{password}");
        }
    }
}

//! Whose name this is, a man's or a woman's, told by its parts. A record that says it comes before any guess.

use super::surname::{NOUNS_IN_A, OF_MEN, OF_WOMEN};
use crate::{Gender, table::knows};

const SONS: &str = "ич ыч оглы оглу улы уулу углы";
const DAUGHTERS: &str = "вна чна шна кызы гызы кизи";

/// Names of both: Саша, Женя.
const BOTH: &str = "^саша ^женя ^валя ^шура ^слава ^паша ^стася ^мика ^ким";

/// Names of men that end as those of women do, or as nobody's.
const MEN: &str = "^илья ^никита ^лука ^фома ^хома ^кузьма ^козьма ^савва ^данила ^гаврила ^михайла ^фока ^добрыня \
     ^вавила ^сила ^зосима ^самойла ^гурия ^иона ^варнава ^захария ^закария ^исайя ^илия ^микола ^данило ^гаврило \
     ^михайло ^муса ^иса ^мустафа ^хамза ^мурза ^мирза ^яхья ^зия ^гия ^шалва ^гоча ^важа ^лаша ^ваха ^шота ^коста ^гиви \
     улла була дула ^али ^гали ^вали ^магомедали ^гаджи ^хаджи ^шамси ^джанни ^анри ^луи ^отто ^марко ^бруно ^лео \
     ^алеша ^леша ^гоша ^гриша ^миша ^сережа ^тимоша ^яша ^ваня ^вова ^вася ^витя ^дима ^коля ^костя ^леня ^петя ^рома \
     ^саня ^сеня ^степа ^толя ^федя ^юра ^антоша ^боря ^гена ^сева ^жора ^лева ^митя ^тема ^илюша ^андрюша";

/// Names of women that end as those of men do, or as nobody's.
const WOMEN: &str = "^любовь ^нинель ^эсфирь ^рахиль ^рашель ^юдифь ^руфь ^суламифь ^адель ^ассоль ^жизель ^изабель \
     ^николь ^мишель ^габриэль ^аннабель ^агидель ^азель ^айсель ^асель ^яэль гуль гюль зель ^гузаль гюнь тень линь \
     ^элизабет ^эдит ^юдит ^лилит ^ирен ^катрин ^кристин ^карин ^каролин ^мадлен ^марлен ^эллен ^жаклин ^кармен ^долорес \
     ^эстер ^рут ^элис ^элинор ^джоан ^дженнифер ^дженет ^генриетт ^маргарет ^маргот ^марго ^бригит ^ингрид ^астрид \
     ^сольвейг ^айрис ^мэри ^мери ^эмили ^нелли ^нэлли ^лили ^люси ^софи ^натали ^энни ^дженни ^шушаник ^гаянэ ^рипсиме \
     ^асмик ^ани ^сати ^нино ^тамар ^марьям ^мариам ^мерьем ^мирьям ^гульназ ^гюльназ ^фарангиз ^алтынай чачак чатай \
     ^айгерим ^айнур ^гульнур ^гульшат ^гульжан ^гульсум ^гульшан ^гулизар ^гулистан ^юлдуз ^айжан ^маржан ^жибек \
     ^толгонай ^айпери ^сауле ^шолпан ^чечек ^чинчи ^сэсэг имат ият динат минат кинат ижат ^зухрат ^зарипат ^айшат \
     ^зайнаб ^зейнаб ^муслимат ^умукусум";

/// Tells the gender by the patronymic, else by the given name, else by the surname; nothing when none of them tells.
pub(super) fn guess(surname: &str, given: &str, patronymic: &str) -> Option<Gender> {
    of_patronymic(patronymic).or_else(|| of_given(given)).or_else(|| of_surname(surname))
}

fn of_patronymic(patronymic: &str) -> Option<Gender> {
    let last = patronymic.split([' ', '-']).next_back()?;
    first_that_knows(last, &[(SONS, Gender::Masculine), (DAUGHTERS, Gender::Feminine)])
}

fn of_given(given: &str) -> Option<Gender> {
    let first = given.split([' ', '-']).next()?;
    if knows(BOTH, first) {
        return None;
    }
    first_that_knows(
        first,
        &[(MEN, Gender::Masculine), (WOMEN, Gender::Feminine), ("а я", Gender::Feminine), ("С ь", Gender::Masculine)],
    )
}

fn of_surname(surname: &str) -> Option<Gender> {
    let last = surname.split([' ', '-']).next_back()?;
    if knows(NOUNS_IN_A, last) || knows("1ов 1ев 1ин 1ын", last) && !knows("^львов", last) {
        return None;
    }
    first_that_knows(last, &[(OF_WOMEN, Gender::Feminine), (OF_MEN, Gender::Masculine)])
}

fn first_that_knows(word: &str, patterns: &[(&str, Gender)]) -> Option<Gender> {
    patterns.iter().find(|(patterns, _)| knows(patterns, word)).map(|(_, gender)| *gender)
}

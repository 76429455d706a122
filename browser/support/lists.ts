/** A file for an upload field, made in memory. */
type Upload = { name: string; mimeType: string; buffer: Buffer };

const STEMS = ['Берёзк', 'Осинк', 'Дубк', 'Сосенк', 'Липк', 'Рябинк', 'Вишенк', 'Малинк', 'Ежевичк', 'Клюквк'];
const GIRLS = ['Анна', 'Вера', 'Зоя', 'Инна', 'Лия'];
const BOYS = ['Илья', 'Олег', 'Пётр', 'Роман', 'Тимур'];
const TEACHERS = ['Ясенева', 'Клёнова', 'Тополева', 'Вязова', 'Каштанова', 'Орешникова', 'Ольхина', 'Ракитина'];
const SUBJECTS = ['математики', 'русского языка', 'физики', 'истории', 'биологии', 'технологии', 'химии', 'музыки'];

/** How many pupils a class has. */
const CLASS_SIZE = 25;

/** Returns the lists of 24 classes as electronic journals save them: the class is the name of the file. */
export function classFiles(): Upload[] {
  const classes = [4, 5, 6, 7, 8, 9, 10, 11].flatMap((grade) => ['А', 'Б', 'В'].map((letter) => `${grade}${letter}`));
  return classes.map((name, place) => {
    const pupils = Array.from({ length: CLASS_SIZE }, (_, number) => pupil(place, number, Number.parseInt(name, 10)));
    const header = 'ФИО;Дата рождения;Пол;Личное дело №;ФИО представителя;Тип представителя;Телефон представителя';
    return file(`${name}.csv`, [header, ...pupils]);
  });
}

/** Returns the list of the staff: teachers and those who do not teach. */
export function staffFile(): Upload {
  const teachers = SUBJECTS.flatMap((subject, place) =>
    GIRLS.map((given, number) => `${TEACHERS[place]} ${given} ${patronymic(place)};учитель ${subject};${(place * 5 + number) % 30}`),
  );
  const others = BOYS.map((given) => `Кедров ${given} Львович;рабочий;`);
  const cooks = GIRLS.slice(0, 3).map((given) => `Кедрова ${given} Львовна;повар;`);
  return file('Сотрудники.csv', ['ФИО;Должность;Педагогический стаж', ...teachers, ...others, ...cooks]);
}

function pupil(place: number, number: number, grade: number): string {
  const isGirl = number % 2 === 0;
  const stem = STEMS[(place + number) % STEMS.length];
  const given = (isGirl ? GIRLS : BOYS)[(place + (number >> 1)) % 5];
  const surname = `${stem}${isGirl ? 'ина' : 'ин'}`;
  const day = `${String(1 + number).padStart(2, '0')}.${String(1 + (place % 12)).padStart(2, '0')}.${2019 - grade}`;
  const mother = `${stem}ина Ольга ${patronymic(number)}`;
  const phone = `8900${String(place).padStart(3, '0')}${String(number).padStart(4, '0')}`;
  const father = isGirl ? 'Ильинична' : 'Ильич';
  return [`${surname} ${given} ${father}`, day, isGirl ? 'ж' : 'м', `${place}-${number}`, mother, 'мать', phone].join(';');
}

function patronymic(place: number): string {
  return ['Ильинична', 'Львовна', 'Петровна', 'Олеговна'][place % 4] ?? '';
}

/** Encodes a list as the Russian Excel saves it: windows-1251, columns divided by «;». */
function file(name: string, lines: string[]): Upload {
  const text = `${lines.join('\r\n')}\r\n`;
  return { name, mimeType: 'text/csv', buffer: Buffer.from([...text].map(byteOf)) };
}

function byteOf(letter: string): number {
  const code = letter.codePointAt(0) ?? 0;
  const special: Record<string, number> = { ё: 0xb8, Ё: 0xa8, '№': 0xb9, '«': 0xab, '»': 0xbb };
  return special[letter] ?? (code >= 0x410 ? code - 0x350 : code);
}

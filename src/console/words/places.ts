import type { Problem } from '../api/client.ts';
import { catalogue, type Entry } from '../i18n/catalogue.ts';

type Reason = NonNullable<Problem['errors'][number]['reason']>;

/** Why one field cannot be so, by the reason that the API gives. */
export const placeWords = catalogue({
  missing: { uk: 'Це треба заповнити.', ru: 'Это нужно заполнить.', en: 'This is needed.' },
  unknown: { uk: 'Такого тут немає.', ru: 'Такого здесь нет.', en: 'There is no such thing here.' },
  kind: { uk: 'Тут чекають чогось іншого.', ru: 'Здесь ожидается другое.', en: 'Something else is expected here.' },
  oneOf: { uk: 'Виберіть одне з того, що є.', ru: 'Выберите одно из того, что есть.', en: 'Choose one of what there is.' },
  notThere: { uk: 'Цього вже немає.', ru: 'Этого уже нет.', en: 'It is not there any more.' },
  taken: { uk: 'Таке вже є, придумайте інше.', ru: 'Такое уже есть, придумайте другое.', en: 'There is one already: take another.' },
  reserved: {
    uk: 'Це слово вже щось означає, візьміть інше.',
    ru: 'Это слово уже что-то означает, возьмите другое.',
    en: 'This word means something already: take another.',
  },
  twice: { uk: 'Тут двічі те саме.', ru: 'Здесь дважды одно и то же.', en: 'The same stands here twice.' },
  empty: { uk: 'Тут порожньо.', ru: 'Здесь пусто.', en: 'It is empty.' },
  tooShort: {
    uk: {
      one: 'Треба щонайменше {n} знак.',
      few: 'Треба щонайменше {n} знаки.',
      many: 'Треба щонайменше {n} знаків.',
      other: 'Треба щонайменше {n} знака.',
    },
    ru: {
      one: 'Нужен хотя бы {n} знак.',
      few: 'Нужно не меньше {n} знаков.',
      many: 'Нужно не меньше {n} знаков.',
      other: 'Нужно не меньше {n} знака.',
    },
    en: { one: 'At least {n} character is needed.', other: 'At least {n} characters are needed.' },
  },
  tooLong: {
    uk: {
      one: 'Задовге: щонайбільше {n} знак.',
      few: 'Задовге: щонайбільше {n} знаки.',
      many: 'Задовге: щонайбільше {n} знаків.',
      other: 'Задовге: щонайбільше {n} знака.',
    },
    ru: {
      one: 'Слишком длинно: не больше {n} знака.',
      few: 'Слишком длинно: не больше {n} знаков.',
      many: 'Слишком длинно: не больше {n} знаков.',
      other: 'Слишком длинно: не больше {n} знака.',
    },
    en: { one: 'Too long: at most {n} character.', other: 'Too long: at most {n} characters.' },
  },
  tooFew: { uk: 'Замало: треба щонайменше {n}.', ru: 'Слишком мало: нужно не меньше {n}.', en: 'Too few: at least {n} are needed.' },
  tooMany: { uk: 'Забагато: щонайбільше {n}.', ru: 'Слишком много: не больше {n}.', en: 'Too many: at most {n}.' },
  tooSmall: { uk: 'Замало: щонайменше {n}.', ru: 'Слишком мало: не меньше {n}.', en: 'Too little: at least {n}.' },
  tooLarge: { uk: 'Забагато: щонайбільше {n}.', ru: 'Слишком много: не больше {n}.', en: 'Too much: at most {n}.' },
  past: { uk: 'Цей час уже минув.', ru: 'Это время уже прошло.', en: 'This time is past already.' },
  future: { uk: 'Цей час ще не настав.', ru: 'Это время ещё не наступило.', en: 'This time has not come yet.' },
  characters: {
    uk: 'Тут є знак, якого не може бути. Наберіть це ще раз з клавіатури.',
    ru: 'Здесь есть знак, которого быть не может. Наберите это ещё раз с клавиатуры.',
    en: 'There is a character that may not stand here. Type it anew on the keyboard.',
  },
  name: {
    uk: 'Від 1 до 60 знаків, без пропуску на початку й у кінці.',
    ru: 'От 1 до 60 знаков, без пробела в начале и в конце.',
    en: '1 to 60 characters, with no space at the beginning or the end.',
  },
  number: {
    uk: 'Це не схоже на номер телефону. Напишіть його з + і кодом країни.',
    ru: 'Это не похоже на номер телефона. Напишите его с + и кодом страны.',
    en: 'This cannot be a phone number. Write it with + and the country code.',
  },
  amount: {
    uk: 'Напишіть суму й валюту, наприклад 300 UAH.',
    ru: 'Напишите сумму и валюту, например 300 UAH.',
    en: 'Write the amount and the currency, such as 300 UAH.',
  },
  country: { uk: 'Такої країни немає.', ru: 'Такой страны нет.', en: 'There is no such country.' },
  timeZone: {
    uk: 'Такого часового поясу немає. Правильно, наприклад, Europe/Kyiv.',
    ru: 'Такого часового пояса нет. Правильно, например, Europe/Kyiv.',
    en: 'There is no such time zone. One is written like Europe/Kyiv.',
  },
  day: { uk: 'Такого дня немає.', ru: 'Такого дня нет.', en: 'There is no such day.' },
  network: {
    uk: 'Напишіть адресу або мережу, наприклад 192.168.1.0/24.',
    ru: 'Напишите адрес или сеть, например 192.168.1.0/24.',
    en: 'Write an address or a network, such as 192.168.1.0/24.',
  },
  phrase: {
    uk: 'Напишіть слова: хоча б одну літеру чи цифру, не більше 200 знаків і без розділових знаків усередині.',
    ru: 'Напишите слова: хотя бы одну букву или цифру, не больше 200 знаков и без знаков препинания внутри.',
    en: 'Write words: at least one letter or digit, at most 200 characters, and no punctuation within.',
  },
  tag: {
    uk: 'Одне слово з літер, цифр, крапки, дефіса чи підкреслення, не більше 40 знаків.',
    ru: 'Одно слово из букв, цифр, точки, дефиса или подчёркивания, не больше 40 знаков.',
    en: 'One word of letters, digits, points, dashes or underscores, at most 40 characters.',
  },
  fieldName: {
    uk: 'Назва поля: літери й цифри, частини через крапку, не довше 60 знаків.',
    ru: 'Название поля: буквы и цифры, части через точку, не длиннее 60 знаков.',
    en: 'A field is named by letters and digits, in parts with points between, at most 60 characters.',
  },
  field: {
    uk: 'Поле пишуть так: {name} або {name|інакше}. Десь бракує дужки або назву записано не літерами.',
    ru: 'Поле пишут так: {name} или {name|иначе}. Где-то не хватает скобки или название записано не буквами.',
    en: 'A field is written {name} or {name|instead}. A bracket is missing somewhere, or the name has other than letters.',
  },
  link: {
    uk: 'Посилання пишуть так: {link:https://example.com/page}.',
    ru: 'Ссылку пишут так: {link:https://example.com/page}.',
    en: 'A link is written {link:https://example.com/page}.',
  },
  idle: {
    uk: 'Правило нічого не робить: напишіть відповідь, поставте позначку або покличте людину.',
    ru: 'Правило ничего не делает: напишите ответ, поставьте метку или позовите человека.',
    en: 'The rule does nothing: write a reply, set a tag or call a person.',
  },
  columnMissing: {
    uk: 'У списку не видно номерів: виберіть нижче стовпець, де вони.',
    ru: 'В списке не видно номеров: выберите ниже столбец, где они.',
    en: 'No column of the list is known to hold numbers: choose below which one does.',
  },
} satisfies Readonly<Record<Reason, Entry>>);

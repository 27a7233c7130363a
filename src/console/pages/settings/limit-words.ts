import { catalogue } from '../../i18n/catalogue.ts';

export const limitWords = catalogue({
  limits: { uk: 'Скільки можна', ru: 'Сколько можно', en: 'How much there may be' },
  zero: { uk: '0 — без обмежень.', ru: '0 — без ограничений.', en: '0 means no limit.' },
  offers: { uk: 'Пропозицій на один номер за 7 днів', ru: 'Предложений на один номер за 7 дней', en: 'Offers to one number in 7 days' },
  all: {
    uk: 'Усіх повідомлень на один номер за добу',
    ru: 'Всех сообщений на один номер за сутки',
    en: 'Messages of any kind to one number in 24 hours',
  },
  allHint: { uk: 'Крім кодів і відповідей.', ru: 'Кроме кодов и ответов.', en: 'Codes and answers apart.' },
  hour: {
    uk: 'На один номер за годину з усіх програм разом',
    ru: 'На один номер за час из всех программ вместе',
    en: 'To one number in an hour, from all programs',
  },
  day: {
    uk: 'На один номер за добу з усіх програм разом',
    ru: 'На один номер за сутки из всех программ вместе',
    en: 'To one number in 24 hours, from all programs',
  },
  cost: { uk: 'Скільки можна витратити за добу', ru: 'Сколько можно потратить за сутки', en: 'What 24 hours may cost' },
  costHint: {
    uk: 'Наприклад 300 UAH. Порожньо — без обмежень.',
    ru: 'Например 300 UAH. Пусто — без ограничений.',
    en: 'Such as 300 UAH. Empty: no limit.',
  },
  opening: { uk: 'Години роботи', ru: 'Часы работы', en: 'Opening hours' },
  openingLead: {
    uk: 'Коли хтось на місці й читає, що пишуть клієнти, за годинником закладу. У свята діє лише рядок «Свята».',
    ru: 'Когда кто-то на месте и читает, что пишут клиенты, по часам заведения. В праздники действует только строка «Праздники».',
    en: 'When somebody is there to read what clients write, by the clock of the business. On holidays only the row “Holidays” holds.',
  },
  away: { uk: 'Коли вас немає', ru: 'Когда вас нет', en: 'While you are away' },
  awayLead: {
    uk: 'Хто напише в неробочий час, отримає одну таку відповідь за ніч.',
    ru: 'Кто напишет в нерабочее время, получит один такой ответ за ночь.',
    en: 'Whoever writes outside of your opening hours gets one such answer a night.',
  },
  awayPhone: { uk: 'Кому дзвонити, якщо терміново', ru: 'Кому звонить, если срочно', en: 'Whom to call when it cannot wait' },
  awayPhoneHint: { uk: 'Без нього такої відповіді немає.', ru: 'Без него такого ответа нет.', en: 'Without it there is no such answer.' },
  awayText: { uk: 'Що сказати', ru: 'Что сказать', en: 'What to say' },
  awayTextHint: {
    uk: 'Порожньо — наш текст мовою клієнта. Можна {site} і {phone}.',
    ru: 'Пусто — наш текст на языке клиента. Можно {site} и {phone}.',
    en: 'Empty: our text in the language of the client. {site} and {phone} may stand in it.',
  },
  alarm: { uk: 'Тривожні слова', ru: 'Тревожные слова', en: 'Words of alarm' },
  alarmLead: {
    uk: 'Клієнт пише таке слово, і черговий телефон одразу отримує повідомлення.',
    ru: 'Клиент пишет такое слово, и дежурный телефон сразу получает сообщение.',
    en: 'A client writes such a word, and the duty phone gets a text at once.',
  },
  alarmPhone: { uk: 'Черговий телефон', ru: 'Дежурный телефон', en: 'The duty phone' },
  alarmPhoneHint: { uk: 'З + і кодом країни.', ru: 'С + и кодом страны.', en: 'With + and the code of the country.' },
  alarmWords: { uk: 'Слова й вирази', ru: 'Слова и выражения', en: 'Words and phrases' },
  alarmWordsHint: { uk: 'Кожне з нового рядка.', ru: 'Каждое с новой строки.', en: 'Each in a line of its own.' },
  alarmPerHour: { uk: 'Не більше повідомлень за годину', ru: 'Не больше сообщений в час', en: 'At most so many texts an hour' },
});

import { catalogue } from '../i18n/catalogue.ts';

export const firstRunWords = catalogue({
  title: { uk: 'Почнімо', ru: 'Начнём', en: 'Let us begin' },
  text: {
    uk: 'Цей пристрій ще нічий. Станьте його власником: це займе хвилину.',
    ru: 'Это устройство ещё ничьё. Станьте его владельцем: это займёт минуту.',
    en: 'Nobody owns this box yet. Become its owner: it takes a minute.',
  },
  token: { uk: 'Слово з журналу', ru: 'Слово из журнала', en: 'Word from the log' },
  tokenHint: {
    uk: 'Simpost показує його у своєму журналі як setupToken (journalctl -u simpost) або на завантажувальному розділі, у simpost-setup.txt',
    ru: 'Simpost показывает его в своём журнале как setupToken (journalctl -u simpost) или на загрузочном разделе, в simpost-setup.txt',
    en: 'The box shows it in its log as setupToken (journalctl -u simpost), or on its boot partition, in simpost-setup.txt',
  },
  name: { uk: 'Ваше ім’я', ru: 'Ваше имя', en: 'Your name' },
  nameHint: { uk: 'Ним ви входитимете.', ru: 'С ним вы будете входить.', en: 'You log in with it.' },
  password: { uk: 'Новий пароль', ru: 'Новый пароль', en: 'New password' },
  passwordHint: {
    uk: 'Щонайменше десять знаків. Кілька слів через пробіл легко запам’ятати.',
    ru: 'Не меньше десяти знаков. Несколько слов через пробел легко запомнить.',
    en: 'Ten characters at least. A few words with spaces are easy to remember.',
  },
  begin: { uk: 'Стати власником', ru: 'Стать владельцем', en: 'Become the owner' },
  done: {
    uk: 'Готово: пристрій ваш. Звідси його більше не видно; щоб заходити з інших комп’ютерів, виконайте на ньому simpost tls init.',
    ru: 'Готово: устройство ваше. Отсюда его больше не видно; чтобы заходить с других компьютеров, выполните на нём simpost tls init.',
    en: 'Done: the box is yours. It cannot be reached from here any more; to come from other computers, run simpost tls init on it.',
  },
  wrongToken: {
    uk: 'Це не те слово, яке показує журнал. Скопіюйте його звідти цілком.',
    ru: 'Это не то слово, которое показывает журнал. Скопируйте его оттуда целиком.',
    en: 'This is not the word that the log shows. Copy it from there as a whole.',
  },
  hourIsOver: {
    uk: 'Година на налаштування минула. Запустіть Simpost знову, і журнал покаже нове слово.',
    ru: 'Час на настройку прошёл. Запустите Simpost снова, и журнал покажет новое слово.',
    en: 'The hour for the setup is over. Start Simpost again, and its log shows a new word.',
  },
});

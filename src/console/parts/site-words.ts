import { catalogue } from '../i18n/catalogue.ts';

export const siteWords = catalogue({
  name: { uk: 'Назва закладу', ru: 'Название заведения', en: 'Name of the business' },
  nameHint: { uk: 'Так ви підписуєтеся в повідомленнях.', ru: 'Так вы подписываетесь в сообщениях.', en: 'Your texts are signed with it.' },
  phone: { uk: 'Телефон реєстратури', ru: 'Телефон регистратуры', en: 'Telephone of the desk' },
  phoneHint: {
    uk: 'Його називаємо клієнтам, коли вони просять допомоги.',
    ru: 'Его называем клиентам, когда они просят помощи.',
    en: 'Clients who ask for help are told it.',
  },
  country: { uk: 'Країна', ru: 'Страна', en: 'Country' },
  countryHint: {
    uk: 'Номери без + читаємо як номери цієї країни; її свята й мова теж звідси.',
    ru: 'Номера без + читаем как номера этой страны; её праздники и язык тоже отсюда.',
    en: 'Numbers without + are read as numbers of it; its holidays and its language go with it.',
  },
  choose: { uk: 'Виберіть…', ru: 'Выберите…', en: 'Choose…' },
  language: { uk: 'Мова повідомлень', ru: 'Язык сообщений', en: 'Language of the texts' },
  byCountry: { uk: 'За країною', ru: 'По стране', en: 'By the country' },
  timeZone: { uk: 'Часовий пояс', ru: 'Часовой пояс', en: 'Time zone' },
  beginning: {
    uk: 'Simpost перезапускається з новими налаштуваннями: кілька секунд…',
    ru: 'Simpost перезапускается с новыми настройками: несколько секунд…',
    en: 'The box begins anew with the new settings: a few seconds…',
  },
  saved: { uk: 'Збережено.', ru: 'Сохранено.', en: 'Saved.' },
});

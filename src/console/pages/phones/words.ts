import { catalogue } from '../../i18n/catalogue.ts';

export const words = catalogue({
  title: { uk: 'Віртуальні телефони', ru: 'Виртуальные телефоны', en: 'Virtual phones' },
  text: {
    uk: 'Це люди з іншого боку: сюди приходять ваші повідомлення, звідси можна відповісти або зателефонувати. Нікому справжньому нічого не надсилається.',
    ru: 'Это люди с другой стороны: сюда приходят ваши сообщения, отсюда можно ответить или позвонить. Никому настоящему ничего не отправляется.',
    en: 'These are the people at the other end: your messages arrive here, and one can answer or call from here. Nothing goes to anybody real.',
  },
  nobody: { uk: 'без імені', ru: 'без имени', en: 'no name' },
  write: { uk: 'Написати', ru: 'Написать', en: 'Write' },
  send: { uk: 'Надіслати', ru: 'Отправить', en: 'Send' },
  call: { uk: 'Зателефонувати', ru: 'Позвонить', en: 'Call' },
  isOn: { uk: 'Телефон увімкнено', ru: 'Телефон включён', en: 'The phone is on' },
  empty: { uk: 'Ще нічого не надходило', ru: 'Ещё ничего не приходило', en: 'Nothing has come yet' },
  calling: { uk: 'Телефонує кілька секунд…', ru: 'Звонит несколько секунд…', en: 'Calls for a few seconds…' },
  screen: { uk: 'Екран телефону {number}', ru: 'Экран телефона {number}', en: 'Screen of the phone {number}' },
});

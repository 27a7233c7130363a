import { catalogue } from '../../i18n/catalogue.ts';

export const posterWords = catalogue({
  title: { uk: 'Плакати', ru: 'Плакаты', en: 'Posters' },
  lead: {
    uk: 'На плакаті код: хто його сканує, отримує готове повідомлення. Хто його надішле, погодиться саме на той текст, що на плакаті. Якщо змінюєте текст, дайте нове кодове слово.',
    ru: 'На плакате код: кто его сканирует, получает готовое сообщение. Кто его отправит, согласится именно на тот текст, что на плакате. Если меняете текст, дайте новое кодовое слово.',
    en: 'A poster has a code: whoever scans it gets a ready text. Sending it agrees to the very words that hang there. For other words take another code word.',
  },
  back: { uk: 'До журналу згод', ru: 'К журналу согласий', en: 'To the ledger' },
  plain: { uk: 'Плакат без коду', ru: 'Плакат без кода', en: 'Poster without a code' },
  add: { uk: 'Новий плакат', ru: 'Новый плакат', en: 'New poster' },
  none: { uk: 'Плакатів із кодом ще немає', ru: 'Плакатов с кодом ещё нет', en: 'There are no posters with a code yet' },
  noneText: {
    uk: 'Зробіть один для реєстратури: клієнти погоджуються на новини самі, і доказ уже є.',
    ru: 'Сделайте один для регистратуры: клиенты соглашаются на новости сами, и доказательство уже есть.',
    en: 'Make one for the desk: clients agree to news by themselves, and the proof is there at once.',
  },
  kind: { uk: 'Для чого', ru: 'Для чего', en: 'What for' },
  consent: { uk: 'згода на пропозиції', ru: 'согласие на предложения', en: 'consent to offers' },
  optOut: { uk: 'відмова від пропозицій', ru: 'отказ от предложений', en: 'opting out of offers' },
  word: { uk: 'Кодове слово', ru: 'Кодовое слово', en: 'Code word' },
  wordHint: { uk: 'Одне слово: КАВА.', ru: 'Одно слово: КОФЕ.', en: 'One word: COFFEE.' },
  wording: { uk: 'Що на ньому написано', ru: 'Что на нём написано', en: 'What stands on it' },
  wordingHint: {
    uk: 'Саме на ці слова погоджуються: «Надсилайте мені новини й знижки».',
    ru: 'Именно на эти слова соглашаются: «Присылайте мне новости и скидки».',
    en: 'The very words that are agreed to: “Send me news and offers”.',
  },
  number: { uk: 'На який номер пишуть', ru: 'На какой номер пишут', en: 'Number that is texted to' },
  language: { uk: 'Мова', ru: 'Язык', en: 'Language' },
  siteLanguage: { uk: 'Мова закладу', ru: 'Язык заведения', en: 'That of the business' },
  make: { uk: 'Зробити', ru: 'Сделать', en: 'Make it' },
  made: { uk: 'Плакат готовий: надрукуйте його.', ru: 'Плакат готов: напечатайте его.', en: 'The poster is ready: print it.' },
  print: { uk: 'Друкувати', ru: 'Печатать', en: 'Print' },
  remove: { uk: 'Прибрати', ru: 'Убрать', en: 'Take away' },
  removeTitle: { uk: 'Прибрати плакат «{word}»?', ru: 'Убрать плакат «{word}»?', en: 'Take the poster “{word}” away?' },
  removeText: {
    uk: 'Його слово більше нічого не означатиме; згоди, які він дав, лишаються.',
    ru: 'Его слово больше ничего не будет значить; согласия, которые он дал, остаются.',
    en: 'Its word means nothing any more; consents that came from it stay.',
  },
  removed: { uk: 'Плакат прибрано.', ru: 'Плакат убран.', en: 'The poster is taken away.' },
});

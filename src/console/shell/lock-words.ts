import { catalogue } from '../i18n/catalogue.ts';

export const lockWords = catalogue({
  title: { uk: 'Екран заблоковано', ru: 'Экран заблокирован', en: 'The screen is locked' },
  text: { uk: '{name}, ви ще тут?', ru: '{name}, вы ещё здесь?', en: '{name}, are you still here?' },
  pin: { uk: 'PIN', ru: 'PIN', en: 'PIN' },
  password: { uk: 'Пароль', ru: 'Пароль', en: 'Password' },
  code: { uk: 'Код із застосунку або запасний', ru: 'Код из приложения или запасной', en: 'Code of the app, or a recovery code' },
  open: { uk: 'Розблокувати', ru: 'Разблокировать', en: 'Open' },
  wrong: { uk: 'Неправильний PIN.', ru: 'Неверный PIN.', en: 'The PIN is wrong.' },
  other: { uk: 'Увійти як хтось інший', ru: 'Войти как кто-то другой', en: 'Log in as somebody else' },
  lockNow: { uk: 'Заблокувати екран', ru: 'Заблокировать экран', en: 'Lock the screen' },
  choosePin: { uk: 'PIN для цього браузера', ru: 'PIN для этого браузера', en: 'PIN for this browser' },
  pinHint: {
    uk: 'Від 4 до 8 цифр. Через п’ять хвилин без дії екран блокується; PIN його розблокує.',
    ru: 'От 4 до 8 цифр. Через пять минут без действий экран блокируется; PIN его разблокирует.',
    en: 'From 4 to 8 digits. After five minutes without a touch the screen is locked, and the PIN opens it.',
  },
  save: { uk: 'Зберегти PIN', ru: 'Сохранить PIN', en: 'Save the PIN' },
  saved: { uk: 'PIN збережено', ru: 'PIN сохранён', en: 'The PIN is saved' },
  remove: { uk: 'Прибрати PIN', ru: 'Убрать PIN', en: 'Remove the PIN' },
  removed: {
    uk: 'PIN прибрано: екран розблокує пароль',
    ru: 'PIN убран: экран разблокирует пароль',
    en: 'The PIN is removed: the password opens the screen',
  },
});

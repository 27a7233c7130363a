import { catalogue } from '../i18n/catalogue.ts';

export const secondFactorWords = catalogue({
  title: { uk: 'Вхід із кодом', ru: 'Вход с кодом', en: 'Log in with a code' },
  why: {
    uk: 'Крім пароля питатимемо шість цифр, які показує застосунок на вашому телефоні (Aegis, FreeOTP, Google Authenticator чи інший). Хто підгляне пароль, без телефона не ввійде.',
    ru: 'Кроме пароля будем спрашивать шесть цифр, которые показывает приложение на вашем телефоне (Aegis, FreeOTP, Google Authenticator или другое). Кто подсмотрит пароль, без телефона не войдёт.',
    en: 'Besides the password you will be asked for six digits that an app on your phone shows (Aegis, FreeOTP, Google Authenticator or another). Who sees your password cannot log in without the phone.',
  },
  begin: { uk: 'Показати QR-код', ru: 'Показать QR-код', en: 'Show the QR code' },
  scan: {
    uk: 'Відскануйте QR-код застосунком і впишіть цифри, які він покаже. До того нічого не змінюється.',
    ru: 'Отсканируйте QR-код приложением и впишите цифры, которые оно покажет. До того ничего не меняется.',
    en: 'Scan the QR code with the app, and write the digits that it shows. Nothing changes until then.',
  },
  qr: { uk: 'QR-код для застосунку', ru: 'QR-код для приложения', en: 'QR code for the app' },
  byHand: { uk: 'Або введіть у нього цей ключ:', ru: 'Или введите в него этот ключ:', en: 'Or type this key into it:' },
  here: {
    uk: 'Застосунок на цьому ж пристрої? Відкрити в ньому',
    ru: 'Приложение на этом же устройстве? Открыть в нём',
    en: 'Is the app on this device? Open it there',
  },
  firstCodeHint: {
    uk: 'Код не підходить? Перевірте, чи годинник телефона йде правильно.',
    ru: 'Код не подходит? Проверьте, правильно ли идут часы телефона.',
    en: 'Is the code refused? See that the clock of the phone is right.',
  },
  switchOn: { uk: 'Увімкнути', ru: 'Включить', en: 'Switch it on' },
  isOn: { uk: 'Вхід із кодом увімкнено.', ru: 'Вход с кодом включён.', en: 'From now on a login asks for a code.' },
  recovery: {
    uk: 'Запишіть запасні коди й бережіть їх окремо від телефона. Кожен відкриває один раз замість коду із застосунку. Більше їх не буде показано.',
    ru: 'Запишите запасные коды и храните их отдельно от телефона. Каждый открывает один раз вместо кода из приложения. Больше их не покажут.',
    en: 'Write down the recovery codes and keep them apart from the phone. Each opens once in place of a code of the app. They are not shown again.',
  },
  recoveryCodes: { uk: 'Запасні коди', ru: 'Запасные коды', en: 'Recovery codes' },
  written: { uk: 'Записано', ru: 'Записано', en: 'I have written them down' },
  on: {
    uk: 'Вхід просить код. Щоб вимкнути це або взяти інший телефон, дайте пароль і код.',
    ru: 'Вход просит код. Чтобы выключить это или взять другой телефон, дайте пароль и код.',
    en: 'Your login asks for a code. To switch that off, or to take another phone, give the password and a code.',
  },
  left: {
    uk: {
      one: 'Лишився {count} запасний код.',
      few: 'Лишилося {count} запасні коди.',
      many: 'Лишилося {count} запасних кодів.',
      other: 'Лишилося {count} запасного коду.',
    },
    ru: {
      one: 'Остался {count} запасной код.',
      few: 'Осталось {count} запасных кода.',
      many: 'Осталось {count} запасных кодов.',
      other: 'Осталось {count} запасного кода.',
    },
    en: { one: '{count} recovery code is left.', other: '{count} recovery codes are left.' },
  },
  switchOff: { uk: 'Вимкнути', ru: 'Выключить', en: 'Switch it off' },
  isOff: { uk: 'Код більше не потрібен.', ru: 'Код больше не нужен.', en: 'A code is needed no more.' },
});

import { catalogue } from '../../i18n/catalogue.ts';

export const hoursWords = catalogue({
  lead: {
    uk: 'Коли клієнтів не турбуємо: за годинником там, де клієнт. Коди й термінове йдуть завжди.',
    ru: 'Когда клиентов не беспокоим: по часам там, где клиент. Коды и срочное идут всегда.',
    en: 'When clients are left alone, by the clock where they are. Codes and urgent messages always go.',
  },
  service: { uk: 'Сервісні повідомлення', ru: 'Сервисные сообщения', en: 'Service messages' },
  promotional: { uk: 'Пропозиції', ru: 'Предложения', en: 'Offers' },
  monday: { uk: 'Пн', ru: 'Пн', en: 'Mon' },
  tuesday: { uk: 'Вт', ru: 'Вт', en: 'Tue' },
  wednesday: { uk: 'Ср', ru: 'Ср', en: 'Wed' },
  thursday: { uk: 'Чт', ru: 'Чт', en: 'Thu' },
  friday: { uk: 'Пт', ru: 'Пт', en: 'Fri' },
  saturday: { uk: 'Сб', ru: 'Сб', en: 'Sat' },
  sunday: { uk: 'Нд', ru: 'Вс', en: 'Sun' },
  holiday: { uk: 'Свята', ru: 'Праздники', en: 'Holidays' },
  day: { uk: 'День', ru: 'День', en: 'Day' },
  sent: { uk: 'Надсилаємо', ru: 'Отправляем', en: 'We send' },
  allDay: { uk: 'цілий день', ru: 'весь день', en: 'all day' },
  never: { uk: 'не надсилаємо', ru: 'не отправляем', en: 'nothing' },
  off: {
    uk: 'Правила вимкнено (policy.profile = "off"): це лише для проби.',
    ru: 'Правила выключены (policy.profile = "off"): это только для пробы.',
    en: 'The rules are off (policy.profile = "off"): that is for trying things out only.',
  },
  closed: { uk: 'Ваші вихідні дні', ru: 'Ваши выходные дни', en: 'Your own holidays' },
  caps: { uk: 'Не частіше', ru: 'Не чаще', en: 'No more often than' },
  offersCap: {
    uk: 'пропозицій одному клієнтові за 7 днів: {n}',
    ru: 'предложений одному клиенту за 7 дней: {n}',
    en: 'offers to one client in 7 days: {n}',
  },
  allCap: {
    uk: 'повідомлень одному клієнтові за добу: {n}',
    ru: 'сообщений одному клиенту за сутки: {n}',
    en: 'messages to one client in 24 hours: {n}',
  },
  consent: {
    uk: 'Пропозиції лише тим, хто погодився.',
    ru: 'Предложения только тем, кто согласился.',
    en: 'Offers only to those who have agreed.',
  },
  noConsent: {
    uk: 'Пропозиції й без записаної згоди.',
    ru: 'Предложения и без записанного согласия.',
    en: 'Offers go without a consent on record too.',
  },
  where: {
    uk: 'Це стоїть у файлі налаштувань: [policy], [[quietHours]], [holidays], [caps]. Змініть там і перезапустіть Simpost.',
    ru: 'Это стоит в файле настроек: [policy], [[quietHours]], [holidays], [caps]. Измените там и перезапустите Simpost.',
    en: 'This stands in the configuration: [policy], [[quietHours]], [holidays], [caps]. Change it there and start Simpost again.',
  },
});

import { catalogue } from '../../i18n/catalogue.ts';

export const allowanceWords = catalogue({
  open: { uk: 'Термінове понад ліміт', ru: 'Срочное сверх лимита', en: 'Urgent past the limits' },
  lead: {
    uk: 'Стільки сегментів термінових повідомлень пройде через цю SIM понад її ліміт. Решта чекає, як і чекала. Оператори блокують SIM, які надсилають забагато.',
    ru: 'Столько сегментов срочных сообщений пройдёт через эту SIM сверх её лимитов. Остальное ждёт, как и ждало. Операторы блокируют SIM, которые отправляют слишком много.',
    en: 'So many segments of urgent messages go through this SIM past its limits. All else waits as before. Operators block SIMs that send too much.',
  },
  segments: { uk: 'Сегментів', ru: 'Сегментов', en: 'Segments' },
  segmentsHint: { uk: 'Від 1 до 500.', ru: 'От 1 до 500.', en: '1 to 500.' },
  minutes: { uk: 'На скільки хвилин', ru: 'На сколько минут', en: 'For how many minutes' },
  reason: { uk: 'Чому', ru: 'Почему', en: 'Why' },
  reasonHint: {
    uk: 'Для журналу дій. Наприклад: лікар захворів.',
    ru: 'Для журнала действий. Например: врач заболел.',
    en: 'For the audit log. Such as: the doctor is ill.',
  },
  allow: { uk: 'Дозволити', ru: 'Разрешить', en: 'Allow' },
  allowed: {
    uk: 'Дозволено. Це записано в журнал дій.',
    ru: 'Разрешено. Это записано в журнал действий.',
    en: 'Allowed. It stands in the audit log.',
  },
  stands: {
    uk: {
      one: 'Понад ліміт може пройти ще {n} терміновий сегмент, до {when}: {reason}',
      few: 'Понад ліміт можуть пройти ще {n} термінові сегменти, до {when}: {reason}',
      many: 'Понад ліміт можуть пройти ще {n} термінових сегментів, до {when}: {reason}',
      other: 'Понад ліміт може пройти ще {n} термінового сегмента, до {when}: {reason}',
    },
    ru: {
      one: 'Сверх лимита может пройти ещё {n} срочный сегмент, до {when}: {reason}',
      few: 'Сверх лимита могут пройти ещё {n} срочных сегмента, до {when}: {reason}',
      many: 'Сверх лимита могут пройти ещё {n} срочных сегментов, до {when}: {reason}',
      other: 'Сверх лимита может пройти ещё {n} срочного сегмента, до {when}: {reason}',
    },
    en: {
      one: '{n} more urgent segment may go past the limits, until {when}: {reason}',
      other: '{n} more urgent segments may go past the limits, until {when}: {reason}',
    },
  },
  end: { uk: 'Скасувати', ru: 'Отменить', en: 'End it' },
});

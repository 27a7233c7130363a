import { catalogue } from '../../i18n/catalogue.ts';

export const emergencyWords = catalogue({
  late: { uk: 'Ми запізнюємося', ru: 'Мы опаздываем', en: 'We are late' },
  cancel: { uk: 'Не зможемо прийняти', ru: 'Не сможем принять', en: 'We cannot see them' },
  lateTitle: { uk: 'Попередити про запізнення', ru: 'Предупредить об опоздании', en: 'Tell everybody that we are late' },
  cancelTitle: { uk: 'Скасувати візити й попередити', ru: 'Отменить визиты и предупредить', en: 'Cancel visits and tell everybody' },
  minutes: { uk: 'На скільки хвилин', ru: 'На сколько минут', en: 'By how many minutes' },
  from: { uk: 'Візити з', ru: 'Визиты с', en: 'Visits from' },
  until: { uk: 'до', ru: 'до', en: 'until' },
  text: { uk: 'Своїми словами (необов’язково)', ru: 'Своими словами (необязательно)', en: 'In your own words (may stay empty)' },
  textHint: {
    uk: 'Порожньо — піде шаблон. Можна {open}time{close} і {open}date{close}.',
    ru: 'Пусто — уйдёт шаблон. Можно {open}time{close} и {open}date{close}.',
    en: 'Empty sends the template. {open}time{close} and {open}date{close} may stand in it.',
  },
  nobody: { uk: 'За цей час нікого не записано.', ru: 'На это время никто не записан.', en: 'Nobody is booked for that time.' },
  count: {
    uk: { one: 'Це {n} візит', few: 'Це {n} візити', many: 'Це {n} візитів', other: 'Це {n} візиту' },
    ru: { one: 'Это {n} визит', few: 'Это {n} визита', many: 'Это {n} визитов', other: 'Это {n} визита' },
    en: { one: 'That is {n} visit', other: 'That is {n} visits' },
  },
  atOnce: {
    uk: 'Одразу, о будь-якій годині, дізнаються: {n}. Інші — коли їм можна писати.',
    ru: 'Сразу, в любое время, узнают: {n}. Остальные — когда им можно писать.',
    en: 'Told at once, at any hour: {n}. The others when they may be written to.',
  },
  untold: {
    uk: 'Без повідомлення: {n}. Їм треба зателефонувати.',
    ru: 'Без сообщения: {n}. Им нужно позвонить.',
    en: 'No text can reach {n}. Call them.',
  },
  price: { uk: 'Ціна: {cost}', ru: 'Цена: {cost}', en: 'Cost: {cost}' },
  sample: { uk: 'Перший прочитає', ru: 'Первый прочитает', en: 'The first of them reads' },
  go: {
    uk: { one: 'Попередити {n} клієнта', few: 'Попередити {n} клієнтів', many: 'Попередити {n} клієнтів', other: 'Попередити {n} клієнта' },
    ru: {
      one: 'Предупредить {n} клиента',
      few: 'Предупредить {n} клиентов',
      many: 'Предупредить {n} клиентов',
      other: 'Предупредить {n} клиента',
    },
    en: { one: 'Tell {n} client', other: 'Tell {n} clients' },
  },
  going: {
    uk: 'Клієнтів попередимо за {seconds} с: їх {n}.',
    ru: 'Клиентов предупредим через {seconds} с: их {n}.',
    en: 'Clients are told in {seconds} s: {n} of them.',
  },
  gone: { uk: 'Клієнтів попереджено: {n}.', ru: 'Клиентов предупреждено: {n}.', en: 'Clients told: {n}.' },
  undo: { uk: 'Скасувати', ru: 'Отменить', en: 'Undo' },
  undone: { uk: 'Скасовано: ніхто нічого не отримає.', ru: 'Отменено: никто ничего не получит.', en: 'Undone: nobody is told anything.' },
});

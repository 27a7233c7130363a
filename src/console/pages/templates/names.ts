import { catalogue } from '../../i18n/catalogue.ts';

/** The texts that Simpost ships, and the families that they come in, by their names. One of the site's own is told by its name as it stands. */
export const templateNames = catalogue({
  visit: { uk: 'Візити', ru: 'Визиты', en: 'Visits' },
  order: { uk: 'Замовлення', ru: 'Заказы', en: 'Orders' },
  repair: { uk: 'Ремонт', ru: 'Ремонт', en: 'Repairs' },
  delivery: { uk: 'Доставка', ru: 'Доставка', en: 'Deliveries' },
  mail: { uk: 'Пошта', ru: 'Почта', en: 'Mail' },
  queue: { uk: 'Жива черга', ru: 'Живая очередь', en: 'Waiting in line' },
  feedback: { uk: 'Відгуки', ru: 'Отзывы', en: 'Feedback' },
  lead: { uk: 'Звернення', ru: 'Обращения', en: 'Enquiries' },
  service: { uk: 'Обслуговування', ru: 'Обслуживание', en: 'Servicing' },
  payment: { uk: 'Оплата', ru: 'Оплата', en: 'Payments' },
  registration: { uk: 'Реєстрація', ru: 'Регистрация', en: 'Registration' },
  balance: { uk: 'Рахунок', ru: 'Счёт', en: 'Account' },
  birthday: { uk: 'День народження', ru: 'День рождения', en: 'Birthday' },
  newYear: { uk: 'Новий рік', ru: 'Новый год', en: 'New year' },
  offer: { uk: 'Пропозиція', ru: 'Предложение', en: 'Offer' },
  consent: { uk: 'Згода', ru: 'Согласие', en: 'Consent' },
  reply: { uk: 'Відповіді клієнтам', ru: 'Ответы клиентам', en: 'Answers to clients' },
  other: { uk: 'Власні', ru: 'Собственные', en: 'Your own' },
  'visit.confirmation': { uk: 'Підтвердження запису', ru: 'Подтверждение записи', en: 'Visit booked' },
  'visit.reminder.dayBefore': { uk: 'Нагадування за день', ru: 'Напоминание за день', en: 'Reminder the day before' },
  'visit.reminder.twoHours': { uk: 'Нагадування за дві години', ru: 'Напоминание за два часа', en: 'Reminder two hours before' },
  'visit.reminder.several': {
    uk: 'Нагадування про кілька візитів',
    ru: 'Напоминание о нескольких визитах',
    en: 'Reminder of several visits',
  },
  'visit.reminder.line': { uk: 'Рядок такого нагадування', ru: 'Строка такого напоминания', en: 'A line of that reminder' },
  'visit.moved': { uk: 'Візит перенесено', ru: 'Визит перенесён', en: 'Visit moved' },
  'visit.cancelled': { uk: 'Візит скасовано', ru: 'Визит отменён', en: 'Visit cancelled' },
  'visit.late': { uk: 'Ми запізнюємося', ru: 'Мы опаздываем', en: 'We are late' },
  'visit.forceMajeure': { uk: 'Не зможемо прийняти', ru: 'Не сможем принять', en: 'We cannot see you' },
  'visit.missed': { uk: 'Клієнт не прийшов', ru: 'Клиент не пришёл', en: 'The client did not come' },
  'visit.slotOffer': { uk: 'Звільнився час', ru: 'Освободилось время', en: 'A time is free' },
  'order.accepted': { uk: 'Замовлення прийнято', ru: 'Заказ принят', en: 'Order accepted' },
  'order.ready': { uk: 'Замовлення готове', ru: 'Заказ готов', en: 'Order ready' },
  'order.cancelled': { uk: 'Замовлення скасовано', ru: 'Заказ отменён', en: 'Order cancelled' },
  'repair.accepted': { uk: 'Прийнято в ремонт', ru: 'Принято в ремонт', en: 'Taken in for repair' },
  'repair.stage': { uk: 'Етап ремонту', ru: 'Этап ремонта', en: 'Stage of the repair' },
  'repair.ready': { uk: 'Ремонт готовий', ru: 'Ремонт готов', en: 'Repair ready' },
  'delivery.onItsWay': { uk: 'Вже в дорозі', ru: 'Уже в пути', en: 'On its way' },
  'delivery.delivered': { uk: 'Доставлено', ru: 'Доставлено', en: 'Delivered' },
  'mail.arrived': { uk: 'Надійшло відправлення', ru: 'Пришло отправление', en: 'Mail has come' },
  'queue.near': { uk: 'Скоро ваша черга', ru: 'Скоро ваша очередь', en: 'Your turn is near' },
  'queue.now': { uk: 'Ваша черга', ru: 'Ваша очередь', en: 'Your turn' },
  'feedback.request': { uk: 'Прохання оцінити', ru: 'Просьба оценить', en: 'Asking for a rating' },
  'lead.followUp': { uk: 'Після звернення', ru: 'После обращения', en: 'After an enquiry' },
  'service.due': { uk: 'Час обслуговування', ru: 'Пора на обслуживание', en: 'Service is due' },
  'payment.due': { uk: 'Час платити', ru: 'Пора платить', en: 'Payment is due' },
  'payment.overdue': { uk: 'Оплата запізнюється', ru: 'Оплата опаздывает', en: 'Payment is overdue' },
  'payment.receipt': { uk: 'Оплату отримано', ru: 'Оплата получена', en: 'Payment received' },
  'registration.done': { uk: 'Зареєстровано', ru: 'Зарегистрировано', en: 'Registered' },
  'balance.low': { uk: 'Рахунок закінчується', ru: 'Счёт заканчивается', en: 'The account runs low' },
  'birthday.greeting': { uk: 'Вітання з днем народження', ru: 'Поздравление с днём рождения', en: 'Birthday greeting' },
  'newYear.greeting': { uk: 'Новорічне вітання', ru: 'Новогоднее поздравление', en: 'New year greeting' },
  'consent.request': { uk: 'Прохання про згоду', ru: 'Просьба о согласии', en: 'Asking for consent' },
  'reply.confirmed': { uk: 'Клієнт підтвердив', ru: 'Клиент подтвердил', en: 'The client confirmed' },
  'reply.cancelled': { uk: 'Клієнт скасував', ru: 'Клиент отменил', en: 'The client cancelled' },
  'reply.moveAsked': { uk: 'Клієнт просить інший час', ru: 'Клиент просит другое время', en: 'The client wants another time' },
  'reply.slots': { uk: 'Вибір вільного часу', ru: 'Выбор свободного времени', en: 'Free times to choose from' },
  'reply.moved': { uk: 'Клієнт обрав час', ru: 'Клиент выбрал время', en: 'The client chose a time' },
  'reply.rated': { uk: 'Клієнт поставив оцінку', ru: 'Клиент поставил оценку', en: 'The client gave a rating' },
  'reply.unclear': { uk: 'Відповідь незрозуміла', ru: 'Ответ непонятен', en: 'The reply is not clear' },
  'reply.slotGone': { uk: 'Час уже зайнято', ru: 'Время уже занято', en: 'The time is taken' },
  'reply.status': {
    uk: 'Клієнт питає, що з його справою',
    ru: 'Клиент спрашивает, что с его делом',
    en: 'The client asks how things stand',
  },
  'reply.status.visit': { uk: 'Рядок про візит', ru: 'Строка о визите', en: 'The line about a visit' },
  'reply.status.other': { uk: 'Рядок про замовлення', ru: 'Строка о заказе', en: 'The line about an order' },
});

/** A template in words. */
export const templateName = (name: string): string => templateNames.maybe(name) ?? name;

/** What it belongs to: the first part of its name, where that is one of ours. */
export function familyOf(name: string): string {
  const [first = ''] = name.split('.');
  return templateNames.maybe(first) === undefined ? 'other' : first;
}

import { catalogue } from '../i18n/catalogue.ts';
import { purposes } from './message.ts';

/** What a client agreed to, or does not want, wherever it is shown. */
export const consentWords = catalogue({
  all: { uk: 'Усе, крім кодів', ru: 'Всё, кроме кодов', en: 'Everything but codes' },
  otp: { uk: 'Коди', ru: 'Коды', en: 'Codes' },
  urgent: { uk: 'Термінове', ru: 'Срочное', en: 'Urgent messages' },
  service: { uk: 'Сервісні повідомлення', ru: 'Сервисные сообщения', en: 'Service messages' },
  promotional: { uk: 'Пропозиції', ru: 'Предложения', en: 'Offers' },
  topic: { uk: 'Тема «{topic}»', ru: 'Тема «{topic}»', en: 'Topic “{topic}”' },
  fromReply: { uk: 'відповіддю на повідомлення', ru: 'ответом на сообщение', en: 'by a reply' },
  fromCall: { uk: 'пропущеним дзвінком', ru: 'пропущенным звонком', en: 'by a missed call' },
  fromLink: { uk: 'за посиланням', ru: 'по ссылке', en: 'by the link' },
  fromApi: { uk: 'записала людина або програма', ru: 'записал человек или программа', en: 'written down by a person or a program' },
  fromImport: { uk: 'з імпортованого списку', ru: 'из импортированного списка', en: 'from an imported list' },
  form: { uk: 'анкета на сайті', ru: 'анкета на сайте', en: 'form on the web' },
  paper: { uk: 'на папері', ru: 'на бумаге', en: 'on paper' },
  call: { uk: 'телефоном', ru: 'по телефону', en: 'by telephone' },
  inPerson: { uk: 'особисто', ru: 'лично', en: 'in person' },
  doubleOptIn: { uk: 'відповіддю на запит', ru: 'ответом на запрос', en: 'by answering a request' },
});

/** What texts that Simpost ships are about; a client can end one topic alone. */
export const topics = catalogue({
  balance: { uk: 'Рахунок', ru: 'Счёт', en: 'Balance' },
  delivery: { uk: 'Доставка', ru: 'Доставка', en: 'Delivery' },
  feedback: { uk: 'Відгуки', ru: 'Отзывы', en: 'Ratings' },
  greeting: { uk: 'Привітання', ru: 'Поздравления', en: 'Greetings' },
  lead: { uk: 'Звернення', ru: 'Обращения', en: 'Inquiries' },
  mail: { uk: 'Пошта', ru: 'Почта', en: 'Mail' },
  news: { uk: 'Новини', ru: 'Новости', en: 'News' },
  order: { uk: 'Замовлення', ru: 'Заказы', en: 'Orders' },
  payment: { uk: 'Оплата', ru: 'Оплата', en: 'Payments' },
  queue: { uk: 'Жива черга', ru: 'Живая очередь', en: 'The line' },
  registration: { uk: 'Реєстрація', ru: 'Регистрация', en: 'Registration' },
  reminder: { uk: 'Нагадування', ru: 'Напоминания', en: 'Reminders' },
  repair: { uk: 'Ремонт', ru: 'Ремонт', en: 'Repairs' },
  service: { uk: 'Обслуговування', ru: 'Обслуживание', en: 'Maintenance' },
  visit: { uk: 'Візити', ru: 'Визиты', en: 'Visits' },
});

/** A topic of ours in words, one of the site's own by its name. */
export const topicName = (topic: string): string => topics.maybe(topic) ?? consentWords('topic', { topic });

/** `purpose:promotional` and the topics of our own texts are ours to name; another topic is named by whoever writes. */
export function scopeName(scope: string): string {
  const [kind, name = ''] = scope.split(':', 2);
  if (kind === 'topic') return topicName(name);
  return consentWords.maybe(kind === 'purpose' ? name : scope) ?? scope;
}

/** How somebody came onto the opt-out list. */
export const suppressionSource = (source: string): string =>
  consentWords.maybe(`from${source.charAt(0).toUpperCase()}${source.slice(1)}`) ?? source;

/** How a consent was given; a source of the site's own is told as it stands. */
export const consentSource = (source: string): string => consentWords.maybe(source) ?? source;

export const purposeName = (purpose: string): string => consentWords.maybe(purpose) ?? purposes.maybe(purpose) ?? purpose;

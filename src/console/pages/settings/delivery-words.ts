import type { WebhookDelivery } from '../../../http/schemas/webhook.ts';
import { catalogue, type Entry } from '../../i18n/catalogue.ts';

type Reason = NonNullable<WebhookDelivery['reason']>;

/** Why a try failed, by the reason that the API gives. */
export const deliveryReasons = catalogue({
  status: {
    uk: 'Програма там відповіла помилкою: {error}',
    ru: 'Программа там ответила ошибкой: {error}',
    en: 'The program there answered with an error: {error}',
  },
  gone: {
    uk: 'Програма там відповіла, що її більше немає (HTTP 410)',
    ru: 'Программа там ответила, что её больше нет (HTTP 410)',
    en: 'The program there said that it is gone (HTTP 410)',
  },
  uncalled: {
    uk: 'Не кликали: раніше програма там відповіла, що її більше немає',
    ru: 'Не звали: раньше программа там ответила, что её больше нет',
    en: 'Not called: the program there had said that it is gone',
  },
  late: { uk: 'Відповідь не прийшла вчасно', ru: 'Ответ не пришёл вовремя', en: 'No answer came in time' },
  nobodyListens: {
    uk: 'За цією адресою ніхто не слухає',
    ru: 'По этому адресу никто не слушает',
    en: 'Nothing listens at this address',
  },
  hungUp: { uk: 'Зв’язок обірвано без відповіді', ru: 'Связь оборвана без ответа', en: 'The connection was cut without an answer' },
  nameUnknown: {
    uk: 'Цього імені зараз не знайти в мережі',
    ru: 'Это имя сейчас не найти в сети',
    en: 'The name cannot be looked up now',
  },
  noWay: { uk: 'До цієї адреси немає шляху', ru: 'К этому адресу нет пути', en: 'No way leads to this address' },
  certificate: {
    uk: 'Сертифікату там не можна довіряти ({error})',
    ru: 'Сертификату там нельзя доверять ({error})',
    en: 'Its certificate is not to be trusted ({error})',
  },
  forbidden: {
    uk: 'Ім’я веде на сам пристрій або в закриту мережу',
    ru: 'Имя ведёт на само устройство или в закрытую сеть',
    en: 'The name leads to the box itself or into a closed network',
  },
} satisfies Readonly<Record<Reason, Entry>>);

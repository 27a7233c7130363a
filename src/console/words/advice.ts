import type { Preview } from '../../http/schemas/preview.ts';
import { catalogue, type Entry } from '../i18n/catalogue.ts';

type Reason = Preview['advice'][number]['reason'];

/** What could be better about a text. The API says it in the language of the site, here whoever looks reads their own. */
export const adviceWords = catalogue({
  shouting: {
    uk: 'Текст кричить: великі літери або багато знаків оклику. Пишіть спокійно, великими лише слово для відповіді.',
    ru: 'Текст кричит: заглавные буквы или много восклицательных знаков. Пишите спокойно, заглавными только слово для ответа.',
    en: 'The text shouts: capital letters or many exclamation marks. Write calmly, in capitals only the word to reply with.',
  },
  threat: {
    uk: 'Нагадування погрожує. Скажіть, що треба зробити і до якого часу, а не що буде інакше.',
    ru: 'Напоминание угрожает. Скажите, что нужно сделать и до какого времени, а не что будет иначе.',
    en: 'The reminder threatens. Say what is to be done and by when, not what happens otherwise.',
  },
  senderName: {
    uk: 'У тексті немає вашої назви: клієнт не знатиме, хто пише. Додайте її.',
    ru: 'В тексте нет вашего названия: клиент не узнает, кто пишет. Добавьте его.',
    en: 'Your name is not in the text, so the client cannot tell who writes. Add it.',
  },
  wayOut: {
    uk: 'Пропозиція не каже, як від таких відмовитися. Додайте, наприклад: «Не потрібно? Відповідайте СТОП».',
    ru: 'Предложение не говорит, как от таких отказаться. Добавьте, например: «Не нужно? Ответьте СТОП».',
    en: 'The offer does not say how to get no more of them. Add, say: “Not for you? Reply STOP”.',
  },
  confirmationTime: {
    uk: 'Підтвердження не каже, о котрій годині. Додайте час.',
    ru: 'Подтверждение не говорит, в котором часу. Добавьте время.',
    en: 'The confirmation does not say at what time. Add it.',
  },
  confirmationPlace: {
    uk: 'Підтвердження не каже, ні де, ні куди телефонувати. Додайте адресу або номер.',
    ru: 'Подтверждение не говорит, ни где, ни куда звонить. Добавьте адрес или номер.',
    en: 'The confirmation says neither where nor whom to call. Add an address or a number.',
  },
} satisfies Readonly<Record<Reason, Entry>>);

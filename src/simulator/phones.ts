import type { PhoneOptions } from './phone.ts';

/**
 * The people of the demo. They answer as clients do: with the word that the text asks for, in a few seconds, at length,
 * or not at all. The numbers are of no operator's range that is in use by them.
 */
export const DEMO_PHONES: readonly PhoneOptions[] = [
  {
    name: 'Олена',
    number: '+380670000001',
    answers: [
      { contains: 'ПЕРЕНОС', text: 'ПЕРЕНОС', afterMs: 2_000 },
      { contains: 'дякуємо', text: 'Дякую!' },
    ],
  },
  { name: 'Тарас', number: '+380670000002', answers: [{ contains: 'ТАК', text: 'ТАК', afterMs: 2_000 }] },
  { name: 'Марія', number: '+380670000003', answers: [{ contains: 'ДА', text: 'ДА', afterMs: 2_000 }] },
  {
    name: 'Іван',
    number: '+380670000004',
    answers: [
      {
        text: 'Добрий день! Я отримав ваше повідомлення, але завтра мене не буде в місті, тож прошу записати мене на наступний тиждень, краще на вівторок після обіду. Дякую 🙂',
        afterMs: 4_000,
        times: 3,
      },
    ],
  },
  { name: 'Оксана', number: '+380670000005' },
  { name: 'Петро (телефон вимкнено)', number: '+380670000006', state: 'off' },
];

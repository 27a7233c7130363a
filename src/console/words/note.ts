import { catalogue } from '../i18n/catalogue.ts';

/** What the desk notes of a client, wherever it is written or read. */
export const noteWords = catalogue({
  note: { uk: 'Нотатка', ru: 'Заметка', en: 'Note' },
  hint: { uk: 'Лише для вас і колег.', ru: 'Только для вас и коллег.', en: 'For you and your colleagues only.' },
});

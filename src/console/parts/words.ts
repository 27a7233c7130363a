import { catalogue } from '../i18n/catalogue.ts';

export const partWords = catalogue({
  loading: { uk: 'Завантажується…', ru: 'Загружается…', en: 'Loading…' },
  close: { uk: 'Закрити', ru: 'Закрыть', en: 'Close' },
  cancel: { uk: 'Скасувати', ru: 'Отмена', en: 'Cancel' },
  asTable: { uk: 'Таблицею', ru: 'Таблицей', en: 'As a table' },
  more: { uk: 'Показати ще', ru: 'Показать ещё', en: 'Show more' },
  older: { uk: 'Показати давніші', ru: 'Показать более ранние', en: 'Show older' },
  chooseFile: { uk: 'Вибрати файл', ru: 'Выбрать файл', en: 'Choose a file' },
  noFile: { uk: 'ще не вибрано', ru: 'ещё не выбран', en: 'none chosen yet' },
  today: { uk: 'сьогодні', ru: 'сегодня', en: 'today' },
  yesterday: { uk: 'вчора', ru: 'вчера', en: 'yesterday' },
  tomorrow: { uk: 'завтра', ru: 'завтра', en: 'tomorrow' },
  justNow: { uk: 'щойно', ru: 'только что', en: 'just now' },
});

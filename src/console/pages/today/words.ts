import { catalogue } from '../../i18n/catalogue.ts';

export const words = catalogue({
  title: { uk: 'Сьогодні', ru: 'Сегодня', en: 'Today' },
});

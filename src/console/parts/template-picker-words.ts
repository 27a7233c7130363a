import { catalogue } from '../i18n/catalogue.ts';

export const templatePickerWords = catalogue({
  template: { uk: 'Шаблон', ru: 'Шаблон', en: 'Template' },
  choose: { uk: 'З чого почати?', ru: 'С чего начать?', en: 'What to begin with?' },
  unfilled: { uk: 'Заповніть {field} або приберіть.', ru: 'Заполните {field} или уберите.', en: 'Fill in {field}, or take it out.' },
});

import { catalogue } from '../../i18n/catalogue.ts';

export const businessWords = catalogue({
  lead: {
    uk: 'Що коробка знає про ваш заклад.',
    ru: 'Что коробка знает о вашем заведении.',
    en: 'What the box knows of your business.',
  },
  restarts: {
    uk: 'Після збереження коробка кілька секунд починає наново; нічого не губиться, і входити вдруге не треба.',
    ru: 'После сохранения коробка несколько секунд начинает заново; ничего не теряется, и входить снова не нужно.',
    en: 'Once saved, the box begins anew for a few seconds; nothing is lost, and nobody has to log in again.',
  },
  backToFile: { uk: 'Повернути як у файлі', ru: 'Вернуть как в файле', en: 'Back to the file' },
});

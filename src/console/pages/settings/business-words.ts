import { catalogue } from '../../i18n/catalogue.ts';

export const businessWords = catalogue({
  lead: {
    uk: 'Як вас звати, де ви і якою мовою пишете клієнтам.',
    ru: 'Как вас зовут, где вы и на каком языке пишете клиентам.',
    en: 'What the box knows of your business.',
  },
  restarts: {
    uk: 'Після збереження Simpost на кілька секунд перезапуститься. Нічого не загубиться, входити знову не треба.',
    ru: 'После сохранения Simpost на несколько секунд перезапустится. Ничего не потеряется, входить снова не нужно.',
    en: 'Once saved, the box begins anew for a few seconds; nothing is lost, and nobody has to log in again.',
  },
  backToFile: { uk: 'Повернути як у файлі', ru: 'Вернуть как в файле', en: 'Back to the file' },
});

import { catalogue } from '../../i18n/catalogue.ts';

export const resourceWords = catalogue({
  title: { uk: 'Лікарі й місця', ru: 'Врачи и места', en: 'People and places' },
  lead: {
    uk: 'До кого й куди приходять: лікар, бокс, філія. Їхні імена, адреси й телефони підставляються в тексти.',
    ru: 'К кому и куда приходят: врач, бокс, филиал. Их имена, адреса и телефоны подставляются в тексты.',
    en: 'Whom clients come to, and where: a doctor, a bay, a branch. Texts name them, with address and telephone.',
  },
  none: { uk: 'Ще нікого й нічого немає', ru: 'Ещё никого и ничего нет', en: 'There are none yet' },
  noneText: {
    uk: 'Додайте лікаря або філію, і візити записуватимуться до них.',
    ru: 'Добавьте врача или филиал, и визиты будут записываться к ним.',
    en: 'Add a doctor or a branch, and visits can be booked with them.',
  },
  add: { uk: 'Додати', ru: 'Добавить', en: 'Add' },
  name: { uk: 'Назва', ru: 'Название', en: 'Name' },
  kind: { uk: 'Вид', ru: 'Вид', en: 'Kind' },
  otherKind: { uk: 'інший…', ru: 'другой…', en: 'another…' },
  ownKind: { uk: 'Назва виду', ru: 'Название вида', en: 'Name of the kind' },
  ownKindHint: {
    uk: 'Одне слово латиницею, наприклад room: так цей вид називають ваші програми.',
    ru: 'Одно слово латиницей, например room: так этот вид называют ваши программы.',
    en: 'One word in Latin letters, for example room: as your programs call it.',
  },
  externalId: { uk: 'Ідентифікатор', ru: 'Идентификатор', en: 'Id' },
  externalIdHint: { uk: 'Так його називають ваші програми.', ru: 'Так его называют ваши программы.', en: 'As your programs call it.' },
  address: { uk: 'Адреса', ru: 'Адрес', en: 'Address' },
  phone: { uk: 'Телефон', ru: 'Телефон', en: 'Telephone' },
  openingHours: { uk: 'Години роботи', ru: 'Часы работы', en: 'Opening hours' },
  openingHoursHint: {
    uk: 'Словами, як у текстах: пн–пт 9–18.',
    ru: 'Словами, как в текстах: пн–пт 9–18.',
    en: 'In words, as texts say it: Mon to Fri 9 to 6.',
  },
  at: { uk: 'Філія', ru: 'Филиал', en: 'Branch' },
  noBranch: { uk: 'Без філії', ru: 'Без филиала', en: 'None' },
  hideName: { uk: 'Не називати в текстах', ru: 'Не называть в текстах', en: 'Keep its name out of texts' },
  hideNameHint: {
    uk: 'Наприклад, коли ім’я лікаря сказало б забагато.',
    ru: 'Например, когда имя врача сказало бы слишком много.',
    en: 'Where the name of a doctor would tell too much.',
  },
  hidden: { uk: 'у текстах не називаємо', ru: 'в текстах не называем', en: 'not named in texts' },
  save: { uk: 'Зберегти', ru: 'Сохранить', en: 'Save' },
  saved: { uk: 'Збережено.', ru: 'Сохранено.', en: 'Saved.' },
  change: { uk: 'Змінити', ru: 'Изменить', en: 'Change' },
  remove: { uk: 'Вилучити', ru: 'Удалить', en: 'Remove' },
  removeTitle: { uk: 'Вилучити «{name}»?', ru: 'Удалить «{name}»?', en: 'Remove “{name}”?' },
  removeText: {
    uk: 'Візити лишаться, але тексти про них більше не матимуть його імені й адреси.',
    ru: 'Визиты останутся, но тексты о них больше не будут иметь его имени и адреса.',
    en: 'Visits stay, but texts about them have its name and address no more.',
  },
  removed: { uk: 'Вилучено.', ru: 'Удалено.', en: 'Removed.' },
});

/** The kinds that every site is offered. */
export const resourceKinds = catalogue({
  doctor: { uk: 'лікар', ru: 'врач', en: 'doctor' },
  bay: { uk: 'бокс', ru: 'бокс', en: 'bay' },
  branch: { uk: 'філія', ru: 'филиал', en: 'branch' },
});

/** What a kind is called; a site's own as it was written. */
export const kindWords = (kind: string): string => resourceKinds.maybe(kind) ?? kind;

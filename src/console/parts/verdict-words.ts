import { catalogue } from '../i18n/catalogue.ts';

export const words = catalogue({
  goesNow: { uk: 'піде одразу', ru: 'уйдёт сразу', en: 'goes at once' },
  goesAtNight: {
    uk: 'піде одразу, хоча в клієнта зараз тихі години',
    ru: 'уйдёт сразу, хотя у клиента сейчас тихие часы',
    en: 'goes at once, although it is quiet hours where the client is',
  },
  goesAfterMany: {
    uk: 'піде одразу, хоча клієнт сьогодні отримав уже достатньо',
    ru: 'уйдёт сразу, хотя клиент сегодня получил уже достаточно',
    en: 'goes at once, although the client has had enough messages today',
  },
  goesAt: { uk: 'піде {when}', ru: 'уйдёт {when}', en: 'goes {when}' },
  waits: { uk: 'чекатиме до {when}: {why}', ru: 'подождёт до {when}: {why}', en: 'waits until {when}: {why}' },
  noGo: { uk: 'не піде: {why}', ru: 'не уйдёт: {why}', en: 'will not go: {why}' },
  andMore: {
    uk: 'Перевірено перші {n}; решту буде перевірено під час надсилання.',
    ru: 'Проверены первые {n}; остальные будут проверены при отправке.',
    en: 'The first {n} are checked; the others will be when they are sent.',
  },
});

import { catalogue } from '../i18n/catalogue.ts';

export const counterWords = catalogue({
  empty: {
    uk: 'Кирилицею в один сегмент входить 70 знаків.',
    ru: 'Кириллицей в один сегмент входит 70 знаков.',
    en: 'One segment holds 160 Latin characters, or 70 others.',
  },
  segments: {
    uk: { one: '{n} сегмент', few: '{n} сегменти', many: '{n} сегментів', other: '{n} сегмента' },
    ru: { one: '{n} сегмент', few: '{n} сегмента', many: '{n} сегментов', other: '{n} сегмента' },
    en: { one: '{n} segment', other: '{n} segments' },
  },
  room: {
    uk: { one: 'ще {n} знак', few: 'ще {n} знаки', many: 'ще {n} знаків', other: 'ще {n} знака' },
    ru: { one: 'ещё {n} знак', few: 'ещё {n} знака', many: 'ещё {n} знаков', other: 'ещё {n} знака' },
    en: { one: '{n} character left', other: '{n} characters left' },
  },
  tooLong: {
    uk: {
      one: 'задовгий: щонайбільше {n} сегмент',
      few: 'задовгий: щонайбільше {n} сегменти',
      many: 'задовгий: щонайбільше {n} сегментів',
      other: 'задовгий: щонайбільше {n} сегмента',
    },
    ru: {
      one: 'слишком длинный: не больше {n} сегмента',
      few: 'слишком длинный: не больше {n} сегментов',
      many: 'слишком длинный: не больше {n} сегментов',
      other: 'слишком длинный: не больше {n} сегмента',
    },
    en: { one: 'too long: at most {n} segment', other: 'too long: at most {n} segments' },
  },
  forced: {
    uk: 'дорожче через {characters}',
    ru: 'дороже из-за {characters}',
    en: 'costs more because of {characters}',
  },
});
